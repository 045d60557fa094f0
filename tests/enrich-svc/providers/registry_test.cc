#include "enrich-svc/providers/registry.h"

#include <set>
#include <string_view>

#include <gmock/gmock.h>

#include "enrich-svc/app/preview_enrichment.h"
#include "enrich-svc/providers/counted_provider.h"
#include "libs/base/error.h"
#include "tests/enrich-svc/app/fake_provider.h"
#include "tests/enrich-svc/providers/quality.h"

namespace limpid::enrich {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class RegistryTest : public ::testing::Test {
 protected:
  MetricsRegistry metrics_;
};

TEST_F(RegistryTest, EachProviderDescribesItselfUnderANameOfItsOwn) {
  const auto providers = MakeProviders(LIMPID_SOURCE_DIR "/data", QualityLists(), metrics_);
  ASSERT_TRUE(providers.ok()) << providers.status();
  std::set<std::string_view> ids;
  for (const auto& provider : *providers) {
    const ProviderInfo& info = provider->info();
    EXPECT_TRUE(ids.insert(info.id).second) << info.id;
    EXPECT_TRUE(info.description.ends_with('.')) << info.id;
    EXPECT_FALSE(info.licence.empty()) << info.id;
    EXPECT_FALSE(info.fields.empty()) << info.id;
  }
  EXPECT_THAT(ids, ::testing::ElementsAre("email-domain", "fr-communes", "phone-region"));
}

TEST_F(RegistryTest, AProviderFillsOnlyFieldsThatItDeclares) {
  const auto providers = MakeProviders(LIMPID_SOURCE_DIR "/data", QualityLists(), metrics_);
  ASSERT_TRUE(providers.ok()) << providers.status();
  const Profile profile{.email = "jean@michelin.com",
                        .phone = "0262 12 34 56",
                        .address = {.postal_code = "75002", .locality = "Paris"}};
  for (const auto& provider : *providers) {
    provider->Ask({}, profile, [&](absl::StatusOr<Completions> answer) {
      ASSERT_TRUE(answer.ok());
      EXPECT_FALSE(answer->empty()) << provider->info().id;
      for (const Completion& completion : *answer) {
        EXPECT_THAT(provider->info().fields, Contains(completion.field)) << provider->info().id;
        EXPECT_EQ(completion.source, provider->info().id);
      }
    });
  }
}

TEST_F(RegistryTest, TheAddressItselfOutweighsThePhone) {
  auto made = MakeProviders(LIMPID_SOURCE_DIR "/data", QualityLists(), metrics_);
  ASSERT_TRUE(made.ok()) << made.status();
  const ProvidersInForce providers(std::make_shared<const Providers>(*std::move(made)));
  PreviewEnrichment(providers).Run(
      {}, {.phone = "+32 470 12 34 56", .address = {.postal_code = "75002", .locality = "Paris"}},
      [](absl::StatusOr<ProviderAnswers> answer) {
        ASSERT_TRUE(answer.ok());
        ASSERT_FALSE(answer->completions.empty());
        EXPECT_EQ(answer->completions.front().field, Field::kRegionCode);
        EXPECT_EQ(answer->completions.front().value, "FR");
      });
}

TEST_F(RegistryTest, MissingDataIsNamed) {
  const auto providers = MakeProviders("/nowhere", QualityLists(), metrics_);
  EXPECT_THAT(std::string(providers.status().message()), HasSubstr("/nowhere/fr"));
}

TEST_F(RegistryTest, QuestionsAreCountedByTheirOutcome) {
  const CountedProvider good(std::make_unique<FakeProvider>("good", Completions{}), metrics_);
  const CountedProvider bad(
      std::make_unique<FakeProvider>("bad", absl::StatusOr<Completions>(Unavailable("somebody"))), metrics_);
  good.Ask({}, {}, [](const auto& answer) { EXPECT_TRUE(answer.ok()); });
  bad.Ask({}, {}, [](const auto& answer) { EXPECT_FALSE(answer.ok()); });
  const std::string text = metrics_.Text();
  EXPECT_THAT(text, HasSubstr("questions_total{outcome=\"answered\",provider=\"good\"} 1"));
  EXPECT_THAT(text, HasSubstr("questions_total{outcome=\"failed\",provider=\"bad\"} 1"));
  EXPECT_THAT(text, HasSubstr("provider_seconds_count{provider=\"bad\"} 1"));
}

}  // namespace
}  // namespace limpid::enrich
