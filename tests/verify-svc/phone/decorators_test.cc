// What stands around each provider, each alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/fake_clock.h"
#include "libs/testing/fixed_random.h"
#include "tests/verify-svc/phone/answers.h"
#include "tests/verify-svc/phone/fakes.h"
#include "tests/verify-svc/phone/questions.h"
#include "verify-svc/phone/breaking_provider.h"
#include "verify-svc/phone/budgeted_provider.h"
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
