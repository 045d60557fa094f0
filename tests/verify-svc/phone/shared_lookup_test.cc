#include "verify-svc/phone/shared_lookup.h"

#include <future>
#include <map>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/mutex.h"
#include "tests/verify-svc/phone/answers.h"
#include "tests/verify-svc/phone/questions.h"

namespace limpid::verify {
namespace {

// Keeps every question until it is told to answer.
class HeldLookup final : public NumberLookup {
 public:
  void Find(const Call& /*call*/, std::vector<NumberQuestion> numbers, OnFacts done) override {
    MutexLock lock(mutex_);
    for (const NumberQuestion& number : numbers) ++asked_[number.e164];
    held_.emplace_back(std::move(numbers), std::move(done));
  }

  void AnswerAll() {
    std::vector<std::pair<std::vector<NumberQuestion>, OnFacts>> held;
    {
      MutexLock lock(mutex_);
      held.swap(held_);
    }
    for (auto& [numbers, done] : held) {
      std::vector<NumberFacts> facts(numbers.size());
      for (std::size_t i = 0; i < numbers.size(); ++i) facts[i].carrier_current = {.name = numbers[i].e164};
      done(std::move(facts));
    }
  }

  std::map<std::string, int> asked() {
    MutexLock lock(mutex_);
    return asked_;
  }
  std::size_t questions() {
    MutexLock lock(mutex_);
    return held_.size();
  }

 private:
  Mutex mutex_;
  std::vector<std::pair<std::vector<NumberQuestion>, OnFacts>> held_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, int> asked_ ABSL_GUARDED_BY(mutex_);
};

Call Of(const char* tenant) {
  Call call;
  call.tenant = TenantId(tenant);
  return call;
}

TEST(SharedLookup, MakesOneQuestionOfAThousand) {
  HeldLookup network;
  SharedLookup shared(network);
  std::vector<std::future<NumberFacts>> answers;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    for (int i = 0; i < 250; ++i) {
      auto promise = std::make_shared<std::promise<NumberFacts>>();
      answers.push_back(promise->get_future());
      threads.emplace_back([&shared, promise] {
        shared.Find(Of("acme"), {Mobile("+33612345678")}, [promise](std::vector<NumberFacts> facts) {
          promise->set_value(std::move(facts.at(0)));
        });
      });
    }
  }
  for (std::thread& thread : threads) thread.join();
  network.AnswerAll();
  for (auto& answer : answers) EXPECT_EQ(answer.get().carrier_current.value().name, "+33612345678");
  EXPECT_EQ(network.asked().at("+33612345678"), 1);
}

TEST(SharedLookup, AsksTogetherWhatNobodyElseAsksFor) {
  HeldLookup network;
  SharedLookup shared(network);
  std::promise<std::vector<NumberFacts>> first;
  std::promise<std::vector<NumberFacts>> second;
  shared.Find(Of("acme"), Mobiles({"+33600000001", "+33600000002"}),
              [&](std::vector<NumberFacts> facts) { first.set_value(std::move(facts)); });
  shared.Find(Of("acme"), Mobiles({"+33600000003", "+33600000002", "+33600000004"}),
              [&](std::vector<NumberFacts> facts) { second.set_value(std::move(facts)); });
  EXPECT_EQ(network.questions(), 2U);
  network.AnswerAll();
  const auto facts = second.get_future().get();
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(facts[0].carrier_current.value().name, "+33600000003");
  EXPECT_EQ(facts[1].carrier_current.value().name, "+33600000002");
  EXPECT_EQ(facts[2].carrier_current.value().name, "+33600000004");
  EXPECT_EQ(network.asked().at("+33600000002"), 1);
}

TEST(SharedLookup, SharesNothingBetweenTenants) {
  HeldLookup network;
  SharedLookup shared(network);
  shared.Find(Of("acme"), {Mobile("+33612345678")}, [](std::vector<NumberFacts>) {});
  shared.Find(Of("other"), {Mobile("+33612345678")}, [](std::vector<NumberFacts>) {});
  EXPECT_EQ(network.questions(), 2U);
  network.AnswerAll();
}

TEST(SharedLookup, AnswersNothingToNothing) {
  HeldLookup network;
  SharedLookup shared(network);
  EXPECT_TRUE(Find(shared, {}).empty());
}

}  // namespace
}  // namespace limpid::verify
