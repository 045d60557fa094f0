// What stands around each provider, each alone.
#include <algorithm>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/fake_clock.h"
#include "libs/testing/fixed_random.h"
#include "tests/verify-svc/phone/answers.h"
#include "tests/verify-svc/phone/fakes.h"
#include "tests/verify-svc/phone/questions.h"
#include "verify-svc/phone/breaking_provider.h"
#include "verify-svc/phone/budgeted_provider.h"
#include "verify-svc/phone/combined_budget.h"
#include "verify-svc/phone/counted_provider.h"
#include "verify-svc/phone/paced_provider.h"
#include "verify-svc/phone/timed_provider.h"

namespace limpid::verify {
namespace {

using ::testing::HasSubstr;

// Keeps every question until it is told to answer.
class HeldProvider final : public PhoneProvider {
 public:
  const std::string& name() const override { return name_; }
  std::size_t max_numbers() const override { return 1; }
  void Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) override {
    MutexLock lock(mutex_);
    ++asked_;
    held_.push_back({call, numbers.size(), std::move(done)});
    asked_one_.NotifyAll();
  }
  void AnswerOne(ProviderAnswer answer) {
    Held held;
    {
      MutexLock lock(mutex_);
      held = std::move(held_.front());
      held_.erase(held_.begin());
    }
    held.done(std::vector<ProviderAnswer>(held.numbers, answer));
  }
  int asked() {
    MutexLock lock(mutex_);
    return asked_;
  }
  void AwaitAsked(int count) {
    MutexLock lock(mutex_);
    asked_one_.Wait(mutex_, [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return asked_ >= count; });
  }
  Call call() {
    MutexLock lock(mutex_);
    return held_.front().call;
  }

 private:
  struct Held {
    Call call;
    std::size_t numbers = 0;
    OnAnswers done;
  };
  const std::string name_ = "held";
  Mutex mutex_;
  CondVar asked_one_;
  int asked_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<Held> held_ ABSL_GUARDED_BY(mutex_);
};

template <class Provider, class... Args>
std::pair<std::unique_ptr<Provider>, HeldProvider*> Around(Args&&... args) {
  auto held = std::make_unique<HeldProvider>();
  HeldProvider* const inner = held.get();
  return {std::make_unique<Provider>(std::move(held), std::forward<Args>(args)...), inner};
}

// Counts what comes back.
struct Outcomes {
  std::vector<LookupOutcome> all;
  PhoneProvider::OnAnswers Taker() {
    return [this](std::vector<ProviderAnswer> answers) {
      for (const ProviderAnswer& answer : answers) all.push_back(answer.outcome);
    };
  }
};

TEST(TimedProvider, GivesAQuestionItsOwnTime) {
  auto [timed, inner] = Around<TimedProvider>(absl::Seconds(3));
  timed->Ask(Call(), {Mobile("+331")}, [](std::vector<ProviderAnswer>) {});
  EXPECT_LE(inner->call().Remaining(), absl::Seconds(3));
  inner->AnswerOne(Answered());
}

TEST(BreakingProvider, LeavesAFailingProviderAloneAndComesBack) {
  testing::FakeClock clock;
  testing::FixedRandom random;
  ProviderAnswer answer{.outcome = LookupOutcome::kTimeout};
  auto scripted = std::make_unique<ScriptedProvider>("p", [&](const std::string&) { return answer; });
  ScriptedProvider& inner = *scripted;
  BreakingProvider breaking(std::move(scripted), {.max_consecutive_failures = 3}, clock, random);
  for (int i = 0; i < 3; ++i) Ask(breaking, {Mobile("+331")});
  const ProviderAnswer refused = Ask(breaking, {Mobile("+331")}).at(0);
  EXPECT_EQ(inner.asked.size(), 3U);
  EXPECT_EQ(refused.outcome, LookupOutcome::kBusy);
  EXPECT_FALSE(refused.billed);
  EXPECT_GT(refused.retry_after, absl::ZeroDuration());
  answer = Answered();
  clock.Advance(refused.retry_after);
  EXPECT_EQ(Ask(breaking, {Mobile("+331")}).at(0).outcome, LookupOutcome::kAnswered);
  EXPECT_EQ(Ask(breaking, {Mobile("+331")}).at(0).outcome, LookupOutcome::kAnswered);
}

TEST(BreakingProvider, TakesNoRefusalForAFailure) {
  testing::FakeClock clock;
  BreakingProvider breaking(
      std::make_unique<ScriptedProvider>("p", Always({.outcome = LookupOutcome::kRefused})),
      {.max_consecutive_failures = 1}, clock);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Ask(breaking, {Mobile("+331")}).at(0).outcome, LookupOutcome::kRefused);
  }
}

TEST(BudgetedProvider, AsksOnlyWhatTheDayAllows) {
  CountedBudget budget;
  const FixedPolicies policies({.daily_lookups = 3});
  auto scripted = std::make_unique<ScriptedProvider>("p", Always(Answered()), 10);
  ScriptedProvider& inner = *scripted;
  BudgetedProvider budgeted(std::move(scripted), budget, policies);
  const auto answers = Ask(budgeted, Mobiles({"+331", "+332", "+333", "+334", "+335"}));
  ASSERT_EQ(answers.size(), 5U);
  EXPECT_EQ(answers[2].outcome, LookupOutcome::kAnswered);
  EXPECT_EQ(answers[3].outcome, LookupOutcome::kBudgetSpent);
  EXPECT_EQ(inner.asked.size(), 3U);
  EXPECT_EQ(Ask(budgeted, {Mobile("+336")}).at(0).outcome, LookupOutcome::kBudgetSpent);
  EXPECT_EQ(inner.asked.size(), 3U);
}

TEST(BudgetedProvider, SpendsNothingWhenTheStoreIsAway) {
  CountedBudget budget;
  budget.away = absl::UnavailableError("no disk");
  const FixedPolicies policies({.daily_lookups = 3});
  auto scripted = std::make_unique<ScriptedProvider>("p", Always(Answered()), 10);
  ScriptedProvider& inner = *scripted;
  BudgetedProvider budgeted(std::move(scripted), budget, policies);
  EXPECT_EQ(Ask(budgeted, {Mobile("+331")}).at(0).outcome, LookupOutcome::kBusy);
  EXPECT_TRUE(inner.asked.empty());
}

TEST(BudgetedProvider, GivesBackOnlyWhatSurelyWasNotCharged) {
  CountedBudget budget;
  const FixedPolicies policies({.daily_lookups = 10});
  BudgetedProvider budgeted(std::make_unique<ScriptedProvider>(
                                "p",
                                [](const std::string& number) {
                                  return ProviderAnswer{.outcome = LookupOutcome::kBusy,
                                                        .billed = number != "+332"};
                                },
                                10),
                            budget, policies);
  Ask(budgeted, Mobiles({"+331", "+332", "+333"}));
  EXPECT_EQ(budget.used, 2);
}

// A budget whose store writes when the test says so.
class SlowBudget final : public LookupBudget {
 public:
  void Reserve(const Call& call, int daily, int questions, OnGranted granted) override {
    reserved.push_back({call, daily, questions, std::move(granted)});
  }
  void Release(const Call& call, int questions, OnReleased done) override {
    returned.push_back({call, questions, std::move(done)});
  }

  struct Reservation {
    Call call;
    int daily;
    int questions;
    OnGranted granted;
  };
  struct Return {
    Call call;
    int questions;
    OnReleased released;
  };
  std::vector<Reservation> reserved;
  std::vector<Return> returned;
};

class CombinedBudgetTest : public ::testing::Test {
 protected:
  void Reserve(const char* tenant, int questions, int daily = 100) {
    budget_.Reserve(Of(tenant), daily, questions, [this](absl::StatusOr<int> granted) {
      granted_.push_back(granted.ok() ? *granted : -1);
    });
  }
  /// The store grants so many of what it was asked for last.
  void Grant(std::size_t reservation, absl::StatusOr<int> granted) {
    std::exchange(slow_.reserved[reservation].granted, nullptr)(std::move(granted));
  }

  SlowBudget slow_;
  CombinedBudget budget_{slow_};
  std::vector<int> granted_;
};

TEST_F(CombinedBudgetTest, ReservesAtOnceForAllWhoComeWhileTheStoreWrites) {
  for (int i = 0; i < 1000; ++i) Reserve("acme", 1);
  ASSERT_EQ(slow_.reserved.size(), 1U) << "the first does not wait";
  EXPECT_EQ(slow_.reserved[0].questions, 1);
  Grant(0, 1);
  ASSERT_EQ(slow_.reserved.size(), 2U);
  EXPECT_EQ(slow_.reserved[1].questions, 999);
  EXPECT_EQ(slow_.reserved[1].call.tenant, TenantId("acme"));
  Grant(1, 500);
  EXPECT_EQ(granted_.size(), 1000U);
  EXPECT_EQ(std::ranges::count(granted_, 1), 501) << "those who asked first";
  EXPECT_EQ(granted_[500], 1);
  EXPECT_EQ(granted_[501], 0);
  Reserve("acme", 1);
  EXPECT_EQ(slow_.reserved.size(), 3U) << "nothing is under way any more";
  Grant(2, 1);
}

TEST_F(CombinedBudgetTest, GrantsAPartOfAQuestionOfManyNumbers) {
  Reserve("acme", 1);
  Reserve("acme", 10);
  Reserve("acme", 10);
  Grant(0, 1);
  Grant(1, 15);
  EXPECT_THAT(granted_, ::testing::ElementsAre(1, 10, 5));
}

TEST_F(CombinedBudgetTest, KeepsTenantsApartAndTakesTheNewestPolicy) {
  Reserve("acme", 1);
  Reserve("other", 2);
  ASSERT_EQ(slow_.reserved.size(), 2U);
  EXPECT_EQ(slow_.reserved[1].call.tenant, TenantId("other"));
  Reserve("acme", 1, 100);
  Reserve("acme", 1, 50);
  Grant(0, 1);
  EXPECT_EQ(slow_.reserved[2].daily, 50);
  Grant(1, 2);
  Grant(2, 2);
}

TEST_F(CombinedBudgetTest, GivesTheCombinedQuestionTheTimeOfWhoHasMost) {
  Reserve("acme", 1);
  Call soon = Of("acme").Within(absl::Seconds(1));
  Call late = Of("acme").Within(absl::Seconds(60));
  for (const Call& call : {soon, late, soon})
    budget_.Reserve(call, 100, 1, [](const absl::StatusOr<int>&) {});
  Grant(0, 1);
  EXPECT_EQ(slow_.reserved[1].call.deadline, late.deadline);
  Grant(1, 3);
}

TEST_F(CombinedBudgetTest, GrantsNothingToAnybodyWhenTheStoreIsAway) {
  for (int i = 0; i < 3; ++i) Reserve("acme", 1);
  Grant(0, 1);
  Grant(1, absl::UnavailableError("no disk"));
  EXPECT_THAT(granted_, ::testing::ElementsAre(1, -1, -1));
}

TEST_F(CombinedBudgetTest, GivesBackAtOnceForAllWhoCome) {
  int released = 0;
  for (int i = 0; i < 100; ++i) budget_.Release(Of("acme"), 2, [&] { ++released; });
  ASSERT_EQ(slow_.returned.size(), 1U);
  std::exchange(slow_.returned[0].released, nullptr)();
  ASSERT_EQ(slow_.returned.size(), 2U);
  EXPECT_EQ(slow_.returned[1].questions, 198);
  std::exchange(slow_.returned[1].released, nullptr)();
  EXPECT_EQ(released, 100);
}

TEST(PacedProvider, SendsNoMoreAtOnceThanAllowed) {
  Timers timers;
  auto [paced, inner] = Around<PacedProvider>(
      PacedProvider::Options{.per_minute = 6e6, .burst = 1e6, .max_at_once = 2}, timers);
  Outcomes outcomes;
  for (int i = 0; i < 5; ++i) paced->Ask(Call(), {Mobile("+331")}, outcomes.Taker());
  EXPECT_EQ(inner->asked(), 2);
  inner->AnswerOne(Answered());
  EXPECT_EQ(inner->asked(), 3);
  for (int i = 0; i < 4; ++i) inner->AnswerOne(Answered());
  EXPECT_EQ(outcomes.all.size(), 5U);
}

TEST(PacedProvider, KeepsToTheRateAndSendsTheRestInItsTurn) {
  Timers timers;
  // One at once, then one each 10 ms.
  auto [paced, inner] = Around<PacedProvider>(
      PacedProvider::Options{.per_minute = 6000, .burst = 1, .max_at_once = 10}, timers);
  Outcomes outcomes;
  for (int i = 0; i < 3; ++i) paced->Ask(Call(), {Mobile("+331")}, outcomes.Taker());
  EXPECT_LT(inner->asked(), 3);
  inner->AwaitAsked(3);
  for (int i = 0; i < 3; ++i) inner->AnswerOne(Answered());
  EXPECT_EQ(outcomes.all.size(), 3U);
}

TEST(PacedProvider, TurnsAwayWhatCannotWaitForItsTurn) {
  testing::FakeClock clock;
  Timers timers;
  auto [paced, inner] = Around<PacedProvider>(
      PacedProvider::Options{.per_minute = 1, .burst = 1, .max_at_once = 10}, timers, clock);
  Outcomes outcomes;
  paced->Ask(Call(), {Mobile("+331")}, outcomes.Taker());
  paced->Ask(Call().Within(absl::Seconds(5), clock), {Mobile("+332")}, outcomes.Taker());
  EXPECT_EQ(inner->asked(), 1);
  EXPECT_THAT(outcomes.all, ::testing::ElementsAre(LookupOutcome::kBusy));
  inner->AnswerOne(Answered());
}

TEST(PacedProvider, StaysAwayForAsLongAsItIsTold) {
  testing::FakeClock clock;
  Timers timers;
  auto [paced, inner] = Around<PacedProvider>(PacedProvider::Options{}, timers, clock);
  Outcomes outcomes;
  paced->Ask(Call(), {Mobile("+331")}, outcomes.Taker());
  inner->AnswerOne({.outcome = LookupOutcome::kBusy, .billed = false, .retry_after = absl::Seconds(30)});
  paced->Ask(Call().Within(absl::Seconds(5), clock), {Mobile("+331")}, outcomes.Taker());
  EXPECT_EQ(inner->asked(), 1) << "asked in spite of Retry-After";
  clock.Advance(absl::Seconds(31));
  paced->Ask(Call().Within(absl::Seconds(5), clock), {Mobile("+331")}, outcomes.Taker());
  EXPECT_EQ(inner->asked(), 2);
  inner->AnswerOne(Answered());
}

TEST(PacedProvider, BoundsWhatWaits) {
  Timers timers;
  auto [paced, inner] = Around<PacedProvider>(
      PacedProvider::Options{.per_minute = 6e6, .burst = 1e6, .max_at_once = 1, .max_waiting = 2}, timers);
  Outcomes outcomes;
  for (int i = 0; i < 5; ++i) paced->Ask(Call(), {Mobile("+331")}, outcomes.Taker());
  EXPECT_THAT(outcomes.all, ::testing::ElementsAre(LookupOutcome::kBusy, LookupOutcome::kBusy));
  for (int i = 0; i < 3; ++i) inner->AnswerOne(Answered());
  EXPECT_EQ(outcomes.all.size(), 5U);
}

TEST(PacedProvider, PilesUpNoFramesWhenAnswersComeAtOnce) {
  Timers timers;
  PacedProvider paced(std::make_unique<ScriptedProvider>("p", Always(Answered())),
                      {.per_minute = 6e9, .burst = 1e9, .max_at_once = 1, .max_waiting = 100'000}, timers);
  // The answer to the first lets 50,000 others go, one after the other.
  Outcomes outcomes;
  bool first = true;
  paced.Ask(Call(), {Mobile("+331")}, [&](std::vector<ProviderAnswer>) {
    ASSERT_TRUE(std::exchange(first, false));
    for (int i = 0; i < 50'000; ++i) paced.Ask(Call(), {Mobile("+332")}, outcomes.Taker());
  });
  EXPECT_EQ(outcomes.all.size(), 50'000U);
}

TEST(CountedProvider, CountsNumbersByWhatCameOfThem) {
  MetricsRegistry metrics;
  CountedProvider counted(std::make_unique<ScriptedProvider>(
                              "p",
                              [](const std::string& number) {
                                return number == "+331" ? Answered()
                                                        : ProviderAnswer{.outcome = LookupOutcome::kTimeout};
                              },
                              10),
                          metrics);
  Ask(counted, Mobiles({"+331", "+332", "+333"}));
  EXPECT_THAT(metrics.Text(),
              HasSubstr(R"(limpid_verify_phone_provider_numbers_total{outcome="timeout",provider="p"} 2)"));
  EXPECT_THAT(metrics.Text(), HasSubstr(R"(limpid_verify_phone_provider_seconds_count{provider="p"} 1)"));
}

}  // namespace
}  // namespace limpid::verify
