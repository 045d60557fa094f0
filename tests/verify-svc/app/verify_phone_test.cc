// DEEP for phone numbers: what the network is asked, and what becomes of its answer.
#include "verify-svc/app/verify_phone.h"

#include <future>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

using quality::Reachability;
using ::testing::ElementsAre;

// Tells a reachable line at once, and remembers what it was asked.
class Network final : public NumberLookup {
 public:
  void Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) override {
    ++questions;
    remaining = call.Remaining();
    for (std::size_t i = numbers.size(); i-- > 0;) {
      asked.push_back(numbers[i].e164);
      NumberFacts facts;
      facts.reachability = Reachability::kReachable;
      facts.carrier_current = Carrier{.name = numbers[i].e164};
      tell(i, std::move(facts));
    }
  }

  int questions = 0;
  absl::Duration remaining;
  std::vector<std::string> asked;
};

class VerifyPhoneDeep : public ::testing::Test {
 protected:
  static const std::shared_ptr<const RulesInForce>& Rules() {
    static const auto& rules = *new std::shared_ptr<const RulesInForce>(
        std::make_shared<RulesInForce>(std::make_shared<const FastRules>(
            quality::QualityData::Load(std::string(LIMPID_SOURCE_DIR) + "/data").value())));
    return rules;
  }

  absl::StatusOr<PhoneAnswer> Ask(const PhoneQuery& query) {
    std::promise<absl::StatusOr<PhoneAnswer>> answer;
    phone_.Run(Call(), query, [&](absl::StatusOr<PhoneAnswer> given) { answer.set_value(std::move(given)); });
    return answer.get_future().get();
  }
  VerifyPhone::Answers AskAll(const std::vector<PhoneQuery>& queries) {
    std::promise<VerifyPhone::Answers> answers;
    phone_.RunAll(Call(), queries,
                  [&](absl::StatusOr<VerifyPhone::Answers> given) { answers.set_value(*std::move(given)); });
    return answers.get_future().get();
  }

  Network network_;
  const VerifyPhone phone_{Rules(), "FR", SystemClock(), &network_};
};

TEST_F(VerifyPhoneDeep, AsksTheNetwork) {
  const auto answer = Ask({.id = "7", .phone = "06 12 34 56 78", .depth = Depth::kDeep});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->id, "7");
  EXPECT_EQ(answer->verdict.reachability, Reachability::kReachable);
  ASSERT_NE(answer->network, nullptr);
  EXPECT_EQ(answer->network->carrier_current.value().name, "+33612345678");
}

TEST_F(VerifyPhoneDeep, AsksNobodyAtFastOrStandard) {
  for (const Depth depth : {Depth::kFast, Depth::kStandard}) {
    const auto answer = Ask({.phone = "06 12 34 56 78", .depth = depth});
    EXPECT_EQ(answer->verdict.reachability, Reachability::kNotChecked);
    EXPECT_EQ(answer->network, nullptr);
  }
  EXPECT_EQ(network_.questions, 0);
}

TEST_F(VerifyPhoneDeep, AsksNobodyAboutWhatIsNoMobileNumber) {
  for (const char* typed : {"01 23 45 67 89 10", "01 42 68 53 00", "0899 12 34 56", "0800 12 34 56", "3639",
                            "15", "hello", "06 39 98 12 34"}) {
    const auto answer = Ask({.phone = typed, .depth = Depth::kDeep});
    EXPECT_TRUE(answer.ok()) << typed;
    EXPECT_EQ(answer->verdict.reachability, Reachability::kNotChecked) << typed;
  }
  EXPECT_EQ(network_.questions, 0);
}

TEST_F(VerifyPhoneDeep, GivesTheNetworkTheBudgetAndNoMore) {
  EXPECT_TRUE(Ask({.phone = "0612345678", .depth = Depth::kDeep, .budget = absl::Milliseconds(300)}).ok());
  EXPECT_LE(network_.remaining, absl::Milliseconds(300));
}

TEST_F(VerifyPhoneDeep, RefusesAQueryThatCannotBeBeforeItAsks) {
  EXPECT_EQ(Ask({.depth = Depth::kDeep}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(network_.questions, 0);
}

TEST_F(VerifyPhoneDeep, EndsAtTheNumberPlanWithoutANetwork) {
  const VerifyPhone alone(Rules(), "FR");
  EXPECT_EQ(alone.offered(), Depth::kStandard);
  EXPECT_EQ(phone_.offered(), Depth::kDeep);
  std::promise<PhoneAnswer> answer;
  alone.Run(Call(), {.phone = "0612345678", .depth = Depth::kDeep},
            [&](absl::StatusOr<PhoneAnswer> given) { answer.set_value(*std::move(given)); });
  EXPECT_EQ(answer.get_future().get().verdict.reachability, Reachability::kNotChecked);
}

TEST_F(VerifyPhoneDeep, AsksOnceAboutANumberThatStandsInSeveralRows) {
  const auto answers = AskAll({{.id = "a", .phone = "06 12 34 56 78", .depth = Depth::kDeep},
                               {.id = "b", .phone = "+33 6 12 34 56 78", .depth = Depth::kDeep},
                               {.id = "c", .phone = "0612345679", .depth = Depth::kDeep},
                               {.id = "d", .phone = "0612345670", .depth = Depth::kFast},
                               {.id = "e", .phone = "0142685300", .depth = Depth::kDeep},
                               {.id = "f", .phone = "", .depth = Depth::kDeep},
                               {.id = "g", .phone = "0033612345678", .depth = Depth::kDeep}});
  EXPECT_EQ(network_.questions, 1);
  EXPECT_THAT(network_.asked, ::testing::UnorderedElementsAre("+33612345678", "+33612345679"));
  ASSERT_EQ(answers.size(), 7U);
  for (const std::size_t row : {0, 1, 6}) {
    EXPECT_EQ(answers[row]->network->carrier_current.value().name, "+33612345678") << row;
  }
  EXPECT_EQ(answers[2]->network->carrier_current.value().name, "+33612345679");
  EXPECT_EQ(answers[3]->network, nullptr);
  EXPECT_EQ(answers[4]->network, nullptr);
  EXPECT_EQ(answers[5].status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(answers[1]->id, "b");
}

TEST_F(VerifyPhoneDeep, GivesABatchTheLongestBudgetOfItsRows) {
  AskAll({{.phone = "0612345678", .depth = Depth::kDeep, .budget = absl::Milliseconds(100)},
          {.phone = "0612345679", .depth = Depth::kDeep, .budget = absl::Milliseconds(700)}});
  EXPECT_LE(network_.remaining, absl::Milliseconds(700));
  EXPECT_GT(network_.remaining, absl::Milliseconds(100));
}

}  // namespace
}  // namespace limpid::verify
