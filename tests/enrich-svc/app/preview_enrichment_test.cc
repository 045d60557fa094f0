#include "enrich-svc/app/preview_enrichment.h"

#include <optional>
#include <string>
#include <thread>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "tests/enrich-svc/app/fake_provider.h"

namespace limpid::enrich {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Completion kDepartment{Field::kDepartmentCode, "75", "first", 1};
const Completion kDomain{Field::kCompanyDomain, "example.com", "second", 0.9};

absl::StatusOr<ProviderAnswers> Preview(const ProvidersInForce& providers, Profile profile) {
  std::optional<absl::StatusOr<ProviderAnswers>> answer;
  PreviewEnrichment(providers).Run({}, std::move(profile), [&](auto result) { answer = std::move(result); });
  return answer ? *std::move(answer) : absl::InternalError("no answer inline");
}

TEST(PreviewEnrichment, GathersWhatAllProvidersSayInOneGo) {
  const ProvidersInForce providers = MakeFakes(FakeProvider("first", Completions{kDepartment}),
                                               FakeProvider("second", Completions{kDomain}));
  const auto answer = Preview(providers, {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_THAT(answer->completions, ElementsAre(kDepartment, kDomain));
  EXPECT_THAT(answer->unreachable, IsEmpty());
}

TEST(PreviewEnrichment, OfferesNothingForWhatIsGiven) {
  const ProvidersInForce providers = MakeFakes(FakeProvider("first", Completions{kDepartment}));
  Profile profile;
  profile.address.department_code = "69";
  EXPECT_THAT(Preview(providers, profile)->completions, IsEmpty());
}

TEST(PreviewEnrichment, AProviderThatFailsIsNamedAndTheOthersAnswer) {
  const ProvidersInForce providers =
      MakeFakes(FakeProvider("first", absl::StatusOr<Completions>(Unavailable("somebody"))),
                FakeProvider("second", Completions{kDomain}));
  const auto answer = Preview(providers, {});
  ASSERT_TRUE(answer.ok());
  EXPECT_THAT(answer->completions, ElementsAre(kDomain));
  EXPECT_THAT(answer->unreachable, ElementsAre("first"));
}

TEST(PreviewEnrichment, WaitsForAProviderThatAnswersFromAnotherThread) {
  std::thread network;
  const ProvidersInForce providers =
      MakeFakes(FakeProvider("first",
                             [&network](const Call&, const Profile& profile, Done<Completions> done) {
                               network = std::thread([&profile, done = std::move(done)]() mutable {
                                 done(Completions{{Field::kLocality, profile.email, "first", 1}});
                               });
                             }),
                FakeProvider("second", Completions{kDomain}));
  Completions found;
  PreviewEnrichment(providers).Run({}, {.email = "a@example.com"}, [&](auto result) {
    ASSERT_TRUE(result.ok());
    found = result->completions;
  });
  network.join();
  EXPECT_THAT(found, ElementsAre(Completion{Field::kLocality, "a@example.com", "first", 1}, kDomain));
}

TEST(PreviewEnrichment, WithoutProvidersThereIsNothing) {
  const auto answer = Preview(MakeFakes(), {});
  ASSERT_TRUE(answer.ok());
  EXPECT_THAT(answer->completions, IsEmpty());
}

TEST(PreviewEnrichment, NamesEveryFieldThatIsTooLongOrNoRegion) {
  Profile profile{.email = std::string(1025, 'a'),
                  .phone = std::string(257, '1'),
                  .default_region = "fr",
                  .address = {.region_code = "FRA", .postal_code = std::string(17, '1')}};
  const auto answer = Preview(MakeFakes(), profile);
  std::vector<std::string> fields;
  for (const FieldViolation& violation : DetailsOf(answer.status()).violations)
    fields.push_back(violation.field);
  EXPECT_THAT(fields, ElementsAre("email", "phone", "postal_address.postal_code", "default_region",
                                  "postal_address.region_code"));
}

TEST(PreviewEnrichment, LengthsCountCharactersNotBytes) {
  std::string accents;
  for (int i = 0; i < 200; ++i) accents += "é";
  EXPECT_TRUE(Preview(MakeFakes(), {.company = accents}).ok());
  EXPECT_FALSE(Preview(MakeFakes(), {.company = accents + "é"}).ok());
}

}  // namespace
}  // namespace limpid::enrich
