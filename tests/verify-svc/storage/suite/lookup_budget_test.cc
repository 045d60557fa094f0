#include <future>
#include <numeric>
#include <thread>
#include <vector>

#include "libs/testing/fake_clock.h"
#include "tests/verify-svc/storage/suite/fixture.h"
#include "verify-svc/storage/sql_lookup_budget.h"

namespace limpid::verify {
namespace {

class LookupBudgetStorage : public StorageTest {
 protected:
  std::future<int> Reserve(int daily, int questions, const char* tenant = "acme") {
    Call call;
    call.tenant = TenantId(tenant);
    auto granted = std::make_shared<std::promise<int>>();
    auto answer = granted->get_future();
    budget_.Reserve(call, daily, questions,
                    [granted](absl::StatusOr<int> count) { granted->set_value(count.value_or(-1)); });
    return answer;
  }
  void Release(int questions) {
    Call call;
    call.tenant = TenantId("acme");
    std::promise<void> released;
    budget_.Release(call, questions, [&] { released.set_value(); });
    released.get_future().wait();
  }

  testing::FakeClock clock_;
  SqlLookupBudget budget_{*database_, clock_};
};

TEST_F(LookupBudgetStorage, GrantsUntilTheDayIsSpent) {
  EXPECT_EQ(Reserve(10, 7).get(), 7);
  EXPECT_EQ(Reserve(10, 7).get(), 3) << "what is left, and no more";
  EXPECT_EQ(Reserve(10, 1).get(), 0);
  EXPECT_EQ(Reserve(10, 1, "other").get(), 1) << "each tenant has its own";
  EXPECT_EQ(Reserve(0, 1, "none").get(), 0);
}

TEST_F(LookupBudgetStorage, BeginsAnewEachDayOfUtc) {
  EXPECT_EQ(Reserve(2, 2).get(), 2);
  clock_.Advance(absl::Hours(24));
  EXPECT_EQ(Reserve(2, 2).get(), 2);
}

TEST_F(LookupBudgetStorage, TakesBackWhatWasNotCharged) {
  EXPECT_EQ(Reserve(5, 5).get(), 5);
  Release(2);
  EXPECT_EQ(Reserve(5, 5).get(), 2);
}

TEST_F(LookupBudgetStorage, SurvivesARestart) {
  EXPECT_EQ(Reserve(5, 4).get(), 4);
  SqlLookupBudget again(*database_, clock_);
  Call call;
  call.tenant = TenantId("acme");
  std::promise<int> granted;
  again.Reserve(call, 5, 4, [&](absl::StatusOr<int> count) { granted.set_value(count.value_or(-1)); });
  EXPECT_EQ(granted.get_future().get(), 1);
}

TEST_F(LookupBudgetStorage, NeverGrantsMoreThanTheDayWhoeverAsksAtOnce) {
  constexpr int kDaily = 50;
  std::vector<std::future<int>> answers(200);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = t; i < 200; i += 4) answers[i] = Reserve(kDaily, 1);
    });
  }
  for (std::thread& thread : threads) thread.join();
  int granted = 0;
  for (auto& answer : answers) granted += answer.get();
  EXPECT_EQ(granted, kDaily);
}

}  // namespace
}  // namespace limpid::verify
