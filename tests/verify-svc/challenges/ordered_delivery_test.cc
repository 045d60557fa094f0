#include "verify-svc/challenges/ordered_delivery.h"

#include <string>
#include <utility>

#include <gmock/gmock.h>

#include "tests/verify-svc/challenges/texts.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;

class OrderedDeliveryTest : public ::testing::Test {
 protected:
  class FakeSender final : public Sender {
   public:
    FakeSender(std::string name, ChallengeChannel channel, OrderedDeliveryTest& test)
        : name_(std::move(name)), channel_(channel), test_(test) {}
    const std::string& name() const override { return name_; }
    bool Carries(ChallengeChannel channel) const override { return channel == channel_; }
    void Send(const Call&, const ChallengeMessage&, MessageDelivery::Delivered done) override {
      test_.asked_.push_back(name_);
      done(test_.fates_[name_]);
    }

   private:
    const std::string name_;
    const ChallengeChannel channel_;
    OrderedDeliveryTest& test_;
  };

  std::unique_ptr<OrderedDelivery> Make() {
    std::vector<std::unique_ptr<Sender>> senders;
    senders.push_back(std::make_unique<FakeSender>("mail", ChallengeChannel::kEmailCode, *this));
    senders.push_back(std::make_unique<FakeSender>("first", ChallengeChannel::kSms, *this));
    senders.push_back(std::make_unique<FakeSender>("second", ChallengeChannel::kSms, *this));
    return std::make_unique<OrderedDelivery>(std::move(senders), metrics_, SystemClock(), SecureRandom());
  }
  Fate Deliver(OrderedDelivery& delivery) {
    Fate result = Fate::kSent;
    delivery.Deliver({}, CodeMessage(ChallengeChannel::kSms, "+33612345678"),
                     [&](Fate fate) { result = fate; });
    return result;
  }

  MetricsRegistry metrics_;
  std::map<std::string, Fate> fates_;
  std::vector<std::string> asked_;
};

TEST_F(OrderedDeliveryTest, OffersWhatSomebodyCarries) {
  const auto delivery = Make();
  EXPECT_TRUE(delivery->Offers(ChallengeChannel::kSms));
  EXPECT_FALSE(delivery->Offers(ChallengeChannel::kVoice));
}

TEST_F(OrderedDeliveryTest, AsksTheFirstThatCarriesTheChannel) {
  EXPECT_EQ(Deliver(*Make()), Fate::kSent);
  EXPECT_THAT(asked_, ElementsAre("first"));
}

TEST_F(OrderedDeliveryTest, AsksTheNextWhenNothingWasSent) {
  fates_["first"] = Fate::kNotSent;
  EXPECT_EQ(Deliver(*Make()), Fate::kSent);
  EXPECT_THAT(asked_, ElementsAre("first", "second"));
  asked_.clear();
  fates_["second"] = Fate::kRefused;
  EXPECT_EQ(Deliver(*Make()), Fate::kRefused);
}

TEST_F(OrderedDeliveryTest, AsksNobodyElseWhenItMayHaveBeenSent) {
  fates_["first"] = Fate::kUncertain;
  EXPECT_EQ(Deliver(*Make()), Fate::kUncertain);
  EXPECT_THAT(asked_, ElementsAre("first"));
}

TEST_F(OrderedDeliveryTest, LeavesASenderAloneThatKeepsFailing) {
  fates_["first"] = Fate::kNotSent;
  const auto delivery = Make();
  for (int i = 0; i < 5; ++i) Deliver(*delivery);
  asked_.clear();
  EXPECT_EQ(Deliver(*delivery), Fate::kSent);
  EXPECT_THAT(asked_, ElementsAre("second"));
}

TEST_F(OrderedDeliveryTest, TakesNoRefusalForAFailure) {
  fates_["first"] = Fate::kRefused;
  const auto delivery = Make();
  for (int i = 0; i < 9; ++i) Deliver(*delivery);
  asked_.clear();
  Deliver(*delivery);
  EXPECT_THAT(asked_, ElementsAre("first", "second"));
}

TEST_F(OrderedDeliveryTest, CountsWhatBecameOfMessages) {
  Deliver(*Make());
  EXPECT_THAT(metrics_.Text(),
              ::testing::HasSubstr(R"(limpid_challenge_messages_total{fate="sent",sender="first"} 1)"));
}

}  // namespace
}  // namespace limpid::verify
