#include "verify-svc/app/manage_policy.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/testing/fake_clock.h"
#include "tests/verify-svc/app/fake_policy_store.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;

class ManagePolicyTest : public ::testing::Test {
 protected:
  ManagePolicyTest() { call_.tenant = TenantId("acme"); }

  static ManagePolicy::Update AllowVoip() {
    ManagePolicy::Update update;
    update.policy.challenges = {.daily_messages = 0, .allow_voip = true};
    return update;
  }

  FakePolicyStore store_;
  PoliciesInMemory in_memory_{store_};
  limpid::testing::FakeClock clock_;
  const ManagePolicy policy_{store_, in_memory_, clock_};
  Call call_;
};

TEST_F(ManagePolicyTest, ATenantThatChoseNothingHasTheDefaults) {
  EXPECT_EQ(*policy_.Get(call_), Policy());
  EXPECT_EQ(*in_memory_.Of(call_.tenant), Policy());
  EXPECT_EQ(Policy().challenges.daily_messages, 1000);
}

TEST_F(ManagePolicyTest, WritesWhatIsNamedAndLeavesTheRest) {
  const absl::StatusOr<Policy> changed = policy_.Change(call_, AllowVoip());
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_TRUE(changed->challenges.allow_voip);
  EXPECT_EQ(changed->challenges.daily_messages, 1000) << "not set, so not written";
  EXPECT_EQ(changed->update_time, clock_.Now());
  EXPECT_EQ(*policy_.Get(call_), *changed);
}

TEST_F(ManagePolicyTest, TheReplicaThatWroteActsOnItAtOnce) {
  ASSERT_TRUE(policy_.Change(call_, AllowVoip()).ok());
  EXPECT_TRUE(in_memory_.Of(call_.tenant)->challenges.allow_voip);
  EXPECT_FALSE(in_memory_.Of(TenantId("globex"))->challenges.allow_voip);
}

TEST_F(ManagePolicyTest, AnEtagGuardsWhatWasRead) {
  ManagePolicy::Update update = AllowVoip();
  update.etag = EtagOf(*policy_.Get(call_));
  const absl::StatusOr<Policy> first = policy_.Change(call_, update);
  ASSERT_TRUE(first.ok());
  const absl::Status stale = policy_.Change(call_, update).status();
  EXPECT_EQ(stale.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(stale), reason::kEtagStale);
  update.etag = EtagOf(*first);
  EXPECT_TRUE(policy_.Change(call_, update).ok());
}

TEST_F(ManagePolicyTest, AllViolationsComeAtOnceAndNothingIsWritten) {
  ManagePolicy::Update update = AllowVoip();
  update.mask = {"nothing"};
  update.policy.phone.allowed_regions = {"XX"};
  std::vector<std::string> fields;
  for (const FieldViolation& violation : DetailsOf(policy_.Change(call_, update).status()).violations) {
    fields.push_back(violation.field);
  }
  EXPECT_THAT(fields, ElementsAre("update_mask", "policy.phone.allowed_regions[0]"));
  EXPECT_EQ(*policy_.Get(call_), Policy());
}

TEST_F(ManagePolicyTest, AnotherReplicasChangeIsThereAfterARefresh) {
  PoliciesInMemory elsewhere(store_);
  ASSERT_TRUE(policy_.Change(call_, AllowVoip()).ok());
  EXPECT_FALSE(elsewhere.Of(call_.tenant)->challenges.allow_voip);
  EXPECT_EQ(elsewhere.Refresh({}), absl::OkStatus());
  EXPECT_TRUE(elsewhere.Of(call_.tenant)->challenges.allow_voip);
}

TEST_F(ManagePolicyTest, EveryTenantIsReadHoweverManyThereAre) {
  for (int i = 0; i < 1201; ++i) {
    call_.tenant = TenantId(StrCat("t", i));
    ASSERT_TRUE(policy_.Change(call_, AllowVoip()).ok());
  }
  PoliciesInMemory elsewhere(store_);
  ASSERT_EQ(elsewhere.Refresh({}), absl::OkStatus());
  for (int i = 0; i < 1201; ++i) {
    EXPECT_TRUE(elsewhere.Of(TenantId(StrCat("t", i)))->challenges.allow_voip) << i;
  }
}

TEST_F(ManagePolicyTest, WhatWasReadStaysInForceWhileTheStoreIsAway) {
  ASSERT_TRUE(policy_.Change(call_, AllowVoip()).ok());
  store_.away = true;
  EXPECT_FALSE(in_memory_.Refresh({}).ok());
  EXPECT_TRUE(in_memory_.Of(call_.tenant)->challenges.allow_voip);
}

}  // namespace
}  // namespace limpid::verify
