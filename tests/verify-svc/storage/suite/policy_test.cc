#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "tests/verify-svc/storage/suite/fixture.h"
#include "verify-svc/storage/policy_follower.h"
#include "verify-svc/storage/sql_policy_store.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Policy Full() {
  Policy policy;
  policy.email = {.allow_callouts = true, .admit_quoted = true, .known_domains = {"a.fr", "b.example"}};
  policy.phone = {.allowed_calling_codes = {33, 590},
                  .denied_calling_codes = {7},
                  .allowed_regions = {"FR", "GP"},
                  .denied_regions = {"BE"},
                  .denied_types = {"PREMIUM_RATE", "VOIP"},
                  .providers = {"smsfactor", "telnyx"},
                  .daily_lookups = 250};
  policy.challenges = {.daily_messages = 40, .allow_voip = true};
  return policy;
}

class PolicyStorage : public StorageTest {
 protected:
  absl::StatusOr<Policy> Store(const Policy& chosen) {
    return store_.Change(call_, now_ + absl::Nanoseconds(7), [&](Policy& policy) {
      policy = chosen;
      return absl::OkStatus();
    });
  }

  SqlPolicyStore store_{*database_};
};

TEST_F(PolicyStorage, KeepsEveryField) {
  EXPECT_EQ(*store_.Get(call_), Policy());
  Policy expected = Full();
  expected.version = 1;
  expected.update_time = now_;
  EXPECT_EQ(*Store(Full()), expected);
  EXPECT_EQ(*store_.Get(call_), expected);
  ASSERT_TRUE(Store(Policy()).ok());
  EXPECT_THAT(store_.Get(call_)->phone.providers, IsEmpty());
  EXPECT_EQ(store_.Get(call_)->version, 2);
}

TEST_F(PolicyStorage, ATenantsPolicyIsItsOwn) {
  ASSERT_TRUE(Store(Full()).ok());
  Call stranger;
  stranger.tenant = TenantId("globex");
  EXPECT_EQ(*store_.Get(stranger), Policy());
}

TEST_F(PolicyStorage, ARefusedChangeWritesNothing) {
  const auto refused = store_.Change(call_, now_, [](Policy& policy) {
    policy.challenges.allow_voip = true;
    return StaleEtag("verificationPolicy", "");
  });
  EXPECT_EQ(ReasonOf(refused.status()), reason::kEtagStale);
  EXPECT_EQ(*store_.Get(call_), Policy());
  EXPECT_THAT(*store_.ChangedAfter(call_, 0, 10), IsEmpty());
}

TEST_F(PolicyStorage, TellsWhatWasChangedAfterAVersionPageByPage) {
  for (const char* tenant : {"a", "b", "c", "a"}) {
    call_.tenant = TenantId(tenant);
    ASSERT_TRUE(Store(Full()).ok());
  }
  const auto tenants = [&](int64_t version, int limit) {
    std::vector<std::string> names;
    const auto changed = store_.ChangedAfter(call_, version, limit);
    for (const auto& stored : *changed) names.push_back(stored.tenant.value());
    return names;
  };
  EXPECT_THAT(tenants(0, 10), ElementsAre("b", "c", "a"));
  EXPECT_THAT(tenants(0, 2), ElementsAre("b", "c"));
  EXPECT_THAT(tenants(3, 2), ElementsAre("a"));
  EXPECT_THAT(tenants(4, 2), IsEmpty());
}

TEST_F(PolicyStorage, WritersAtOnceLoseNoChange) {
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([this] {
      for (int i = 0; i < 10; ++i) {
        const auto changed = store_.Change(call_, now_, [](Policy& policy) {
          ++policy.phone.daily_lookups;
          return absl::OkStatus();
        });
        EXPECT_TRUE(changed.ok()) << changed.status();
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(store_.Get(call_)->phone.daily_lookups, 40);
}

TEST_F(PolicyStorage, AFollowerLearnsOfAChangeByItself) {
  Executor executor({.name = "follower", .threads = 1});
  PoliciesInMemory policies(store_);
  PolicyFollower follower(policies, executor, database_->commits());
  Mutex mutex;
  CondVar committed;
  const auto subscription = database_->commits().Subscribe([&] { committed.NotifyAll(); });
  ASSERT_TRUE(Store(Full()).ok());
  MutexLock lock(mutex);
  EXPECT_TRUE(committed.WaitUntil(mutex, std::chrono::steady_clock::now() + std::chrono::seconds(30), [&] {
    // The executor has one thread: what is submitted now runs after the refresh that a commit asked for.
    std::promise<void> settled;
    if (executor.Submit([&settled] { settled.set_value(); }).ok()) settled.get_future().wait();
    return policies.Of(call_.tenant)->challenges.allow_voip;
  }));
}

TEST_F(PolicyStorage, AFollowerMayEndWhileItsRefreshWaits) {
  Executor executor({.name = "follower", .threads = 1});
  PoliciesInMemory policies(store_);
  ASSERT_TRUE(Store(Full()).ok());
  sql::CommitSignal signal;
  Mutex gate;
  gate.lock();
  ASSERT_TRUE(executor.Submit([&gate] { MutexLock lock(gate); }).ok());
  auto follower = std::make_unique<PolicyFollower>(policies, executor, signal);
  signal.Notify();
  follower.reset();
  gate.unlock();
  executor.Shutdown();
  EXPECT_FALSE(policies.Of(call_.tenant)->challenges.allow_voip);
}

}  // namespace
}  // namespace limpid::verify
