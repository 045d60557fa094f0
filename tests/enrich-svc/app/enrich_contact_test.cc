#include "enrich-svc/app/enrich_contact.h"

#include <optional>

#include <gmock/gmock.h>

#include "libs/base/reasons.h"
#include "tests/enrich-svc/app/fake_contacts.h"
#include "tests/enrich-svc/app/fake_provider.h"

namespace limpid::enrich {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Completion kDepartment{Field::kDepartmentCode, "75", "fake", 1};

class EnrichContactTest : public ::testing::Test {
 protected:
  EnrichContactTest() {
    contacts_.Put("c1", {.address = {.postal_code = "75002"}});
    call_.tenant = TenantId("acme");
  }

  absl::StatusOr<EnrichedContact> Enrich(const std::string& id = "c1") {
    std::optional<absl::StatusOr<EnrichedContact>> answer;
    EnrichContact(providers_, contacts_).Run(call_, ContactId(id), [&](auto result) {
      answer = std::move(result);
    });
    return answer ? *std::move(answer) : absl::InternalError("no answer");
  }

  Call call_;
  FakeContacts contacts_;
  ProvidersInForce providers_ = MakeFakes(FakeProvider("fake", Completions{kDepartment}));
};

TEST_F(EnrichContactTest, FillsWhatIsEmptyAndGivesTheContactAsItStands) {
  const auto enriched = Enrich();
  ASSERT_TRUE(enriched.ok()) << enriched.status();
  EXPECT_THAT(enriched->filled, ElementsAre(kDepartment));
  EXPECT_EQ(enriched->contact.profile.address.department_code, "75");
  EXPECT_EQ(contacts_.ProfileOf("c1").address.department_code, "75");
  EXPECT_EQ(contacts_.calls().front().tenant, TenantId("acme"));
}

TEST_F(EnrichContactTest, TheSecondTimeThereIsNothingToWrite) {
  ASSERT_TRUE(Enrich().ok());
  const auto again = Enrich();
  ASSERT_TRUE(again.ok());
  EXPECT_THAT(again->filled, IsEmpty());
  EXPECT_EQ(contacts_.writes(), 1);
}

TEST_F(EnrichContactTest, WhatIsOnlyLikelyIsNotStored) {
  providers_ = MakeFakes(FakeProvider("fake", Completions{{Field::kDepartmentCode, "75", "fake", 0.5}}));
  EXPECT_THAT(Enrich()->filled, IsEmpty());
  EXPECT_EQ(contacts_.writes(), 0);
}

TEST_F(EnrichContactTest, AContactThatChangesInBetweenIsReadAgain) {
  bool changed = false;
  contacts_.BeforeFill([&](StoredContact& contact) {
    if (!std::exchange(changed, true)) contact.etag = "2";
  });
  const auto enriched = Enrich();
  ASSERT_TRUE(enriched.ok()) << enriched.status();
  EXPECT_EQ(contacts_.ProfileOf("c1").address.department_code, "75");
}

TEST_F(EnrichContactTest, WhatSomebodyElseFilledInBetweenStands) {
  contacts_.BeforeFill([](StoredContact& contact) {
    contact.profile.address.department_code = "69";
    contact.etag = "2";
  });
  const auto enriched = Enrich();
  ASSERT_TRUE(enriched.ok()) << enriched.status();
  EXPECT_THAT(enriched->filled, IsEmpty());
  EXPECT_EQ(contacts_.ProfileOf("c1").address.department_code, "69");
}

TEST_F(EnrichContactTest, AContactThatNeverRestsIsGivenUp) {
  contacts_.BeforeFill([](StoredContact& contact) { contact.etag += "x"; });
  EXPECT_EQ(ReasonOf(Enrich().status()), reason::kEtagStale);
  EXPECT_EQ(contacts_.calls().size(), 4U) << "read, write, read, write";
}

TEST_F(EnrichContactTest, AMissingContactIsNotFound) {
  EXPECT_EQ(Enrich("c2").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(EnrichContactTest, AnUnreachableProviderIsNamed) {
  providers_ = MakeFakes(FakeProvider("fake", absl::StatusOr<Completions>(Unavailable("somebody"))));
  EXPECT_THAT(Enrich()->unreachable, ElementsAre("fake"));
}

}  // namespace
}  // namespace limpid::enrich
