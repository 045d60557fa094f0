#include "libs/redis/single_flight.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::redis {
namespace {

using ::testing::ElementsAre;

// Notes how often work was begun, and ends it when told.
class SingleFlightTest : public ::testing::Test {
 protected:
  void Ask(const std::string& key) {
    flights_.Run(
        key, [this](Done<int> done) { begun_.push_back(std::move(done)); },
        [this](absl::StatusOr<int> result) { results_.push_back(result.ok() ? *result : -1); });
  }

  SingleFlight<int> flights_;
  std::vector<Done<int>> begun_;
  std::vector<int> results_;
};

TEST_F(SingleFlightTest, ThoseWhoComeMeanwhileShareTheAnswer) {
  for (int i = 0; i < 3; ++i) Ask("key");
  ASSERT_EQ(begun_.size(), 1u);
  begun_[0](42);
  EXPECT_THAT(results_, ElementsAre(42, 42, 42));
}

TEST_F(SingleFlightTest, WhoComesAfterwardsAsksAnew) {
  Ask("key");
  begun_[0](1);
  Ask("key");
  ASSERT_EQ(begun_.size(), 2u);
  begun_[1](2);
  EXPECT_THAT(results_, ElementsAre(1, 2));
}

TEST_F(SingleFlightTest, KeysDoNotWaitForEachOther) {
  Ask("a");
  Ask("b");
  EXPECT_EQ(begun_.size(), 2u);
  begun_[1](2);
  EXPECT_THAT(results_, ElementsAre(2));
  begun_[0](1);
}

TEST_F(SingleFlightTest, AFailureOfTheWorkIsSharedToo) {
  Ask("key");
  Ask("key");
  begun_[0](Unavailable("peer"));
  EXPECT_THAT(results_, ElementsAre(-1, -1));
}

TEST_F(SingleFlightTest, WhenTheFirstGivesUpTheNextDoesTheWork) {
  for (int i = 0; i < 3; ++i) Ask("key");
  begun_[0](DeadlineExceeded());
  EXPECT_THAT(results_, ElementsAre(-1));
  ASSERT_EQ(begun_.size(), 2u);
  begun_[1](7);
  EXPECT_THAT(results_, ElementsAre(-1, 7, 7));
}

// As calls for one address whose time was over while the first was waited for.
TEST_F(SingleFlightTest, HoweverManyGiveUpOneAfterTheOtherTheStackHolds) {
  constexpr int kMany = 200'000;
  Done<int> first;
  int gave_up = 0;
  flights_.Run(
      "key", [&](Done<int> done) { first = std::move(done); },
      [&](const absl::StatusOr<int>& result) { gave_up += absl::IsDeadlineExceeded(result.status()); });
  for (int i = 0; i < kMany; ++i) {
    flights_.Run(
        "key", [](Done<int> done) { done(Cancelled()); },
        [&](const absl::StatusOr<int>& result) { gave_up += absl::IsCancelled(result.status()); });
  }
  first(DeadlineExceeded());
  EXPECT_EQ(gave_up, kMany + 1);
  Ask("key");
  EXPECT_EQ(begun_.size(), 1u) << "the flight is over";
}

TEST_F(SingleFlightTest, WorkThatEndsAtOnceIsAnswered) {
  flights_.Run(
      "key", [](Done<int> done) { done(5); },
      [this](absl::StatusOr<int> result) { results_.push_back(*result); });
  EXPECT_THAT(results_, ElementsAre(5));
}

TEST_F(SingleFlightTest, EveryOneOfManyThreadsIsAnsweredOnce) {
  SingleFlight<int> flights;
  std::atomic<int> answers = 0;
  std::atomic<int> works = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 1000; ++j) {
        flights.Run(
            "key",
            [&](Done<int> done) {
              ++works;
              done(j);
            },
            [&](const absl::StatusOr<int>& result) { answers += result.ok(); });
      }
    });
  }
  threads.clear();
  EXPECT_EQ(answers, 4000);
  EXPECT_LE(works, 4000);
}

}  // namespace
}  // namespace limpid::redis
