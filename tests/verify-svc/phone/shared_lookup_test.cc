#include "verify-svc/phone/shared_lookup.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/verify-svc/phone/answers.h"
#include "tests/verify-svc/phone/fakes.h"
#include "tests/verify-svc/phone/questions.h"

namespace limpid::verify {
namespace {

TEST(SharedLookup, MakesOneQuestionOfAThousand) {
  HeldLookup network;
  SharedLookup shared(network);
  Facts facts(1000);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::size_t i = thread; i < 1000; i += 4) {
        shared.Find(Of("acme"), {Mobile("+33612345678")},
                    [tell = facts.Teller(), i](std::size_t, NumberFacts told) { tell(i, std::move(told)); });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  network.AnswerAll();
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(facts.At(i).carrier_current.value().name, "+33612345678");
  EXPECT_EQ(network.asked().at("+33612345678"), 1);
}

TEST(SharedLookup, AsksTogetherWhatNobodyElseAsksFor) {
  HeldLookup network;
  SharedLookup shared(network);
  const Facts first = Find(shared, Mobiles({"+33600000001", "+33600000002"}), Of("acme"));
  const Facts second = Find(shared, Mobiles({"+33600000003", "+33600000002", "+33600000004"}), Of("acme"));
  EXPECT_EQ(network.questions(), 2U);
  network.AnswerAll();
  EXPECT_EQ(second.At(0).carrier_current.value().name, "+33600000003");
  EXPECT_EQ(second.At(1).carrier_current.value().name, "+33600000002");
  EXPECT_EQ(second.At(2).carrier_current.value().name, "+33600000004");
  EXPECT_EQ(network.asked().at("+33600000002"), 1);
}

TEST(SharedLookup, TellsThePriceToTheOneWhoLed) {
  NumberLookup::OnFacts held;
  class Priced final : public NumberLookup {
   public:
    explicit Priced(OnFacts& kept) : kept_(kept) {}
    void Find(const Call&, std::vector<NumberQuestion>, OnFacts tell) override { kept_ = std::move(tell); }

   private:
    OnFacts& kept_;
  } network(held);
  SharedLookup shared(network);
  const Facts first = Find(shared, {Mobile("+33612345678")}, Of("acme"));
  const Facts second = Find(shared, {Mobile("+33612345678")}, Of("acme"));
  NumberFacts paid;
  paid.sources = {{.name = "smsfactor", .cost = "0.004 EUR"}};
  held(0, paid);
  EXPECT_EQ(first.At(0).sources.at(0).cost, "0.004 EUR");
  EXPECT_EQ(second.At(0).sources.at(0).cost, "");
  EXPECT_TRUE(second.At(0).sources.at(0).cached);
}

TEST(SharedLookup, SharesNothingBetweenTenants) {
  HeldLookup network;
  SharedLookup shared(network);
  Find(shared, {Mobile("+33612345678")}, Of("acme"));
  Find(shared, {Mobile("+33612345678")}, Of("other"));
  EXPECT_EQ(network.questions(), 2U);
  network.AnswerAll();
}

}  // namespace
}  // namespace limpid::verify
