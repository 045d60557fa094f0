#include "libs/redis/pipeline.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/testing/fake_clock.h"

namespace limpid::redis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PipelineTest : public ::testing::Test {
 protected:
  SteadyTime In(int milliseconds) const {
    return clock_.SteadyNow() + std::chrono::milliseconds(milliseconds);
  }
  void Add(int caller_milliseconds, int answer_milliseconds) {
    pipeline_.Add({.encoded = {},
                   .sent = In(0),
                   .caller_deadline = In(caller_milliseconds),
                   .answer_deadline = In(answer_milliseconds),
                   .done = [this](absl::StatusOr<Reply> reply) {
                     results_.push_back(reply.ok()
                                            ? reply->text
                                            : std::string(absl::StatusCodeToString(reply.status().code())));
                     last_ = reply.status();
                   }});
  }
  bool Answer(std::string text, Reply::Kind kind = Reply::Kind::kString) {
    return pipeline_.Answer({.kind = kind, .text = std::move(text)}, In(0));
  }

  limpid::testing::FakeClock clock_;
  CircuitBreaker breaker_{{.max_consecutive_failures = 3}, clock_};
  MetricsRegistry registry_;
  PipelineMetrics metrics_{registry_.AddCounter("answered", ""), registry_.AddCounter("failed", ""),
                           registry_.AddHistogram("seconds", "")};
  Pipeline pipeline_{breaker_, metrics_};
  std::vector<std::string> results_;
  absl::Status last_;
};

TEST_F(PipelineTest, RepliesBelongToCommandsInTheirOrder) {
  for (int i = 0; i < 3; ++i) Add(100, 50);
  for (const char* text : {"a", "b", "c"}) EXPECT_TRUE(Answer(text));
  EXPECT_THAT(results_, ElementsAre("a", "b", "c"));
}

TEST_F(PipelineTest, AReplyThatNobodyAskedForIsNoticed) { EXPECT_FALSE(Answer("a")); }

TEST_F(PipelineTest, ALateReplyDoesNotReachTheNextCaller) {
  Add(100, 50);
  pipeline_.Expire(In(50));
  Add(200, 150);
  Answer("late");
  Answer("mine");
  EXPECT_THAT(results_, ElementsAre("UNAVAILABLE", "mine"));
  EXPECT_EQ(metrics_.failed.value(), 1);
  EXPECT_EQ(metrics_.answered.value(), 1);
}

TEST_F(PipelineTest, ACallerInAHurryIsAnsweredInItsOwnTime) {
  Add(10, 50);
  EXPECT_EQ(pipeline_.next_deadline(), In(10));
  pipeline_.Expire(In(9));
  EXPECT_THAT(results_, IsEmpty());
  pipeline_.Expire(In(10));
  EXPECT_THAT(results_, ElementsAre("DEADLINE_EXCEEDED"));
  EXPECT_EQ(metrics_.failed.value(), 0);
  pipeline_.Expire(In(50));
  EXPECT_EQ(metrics_.failed.value(), 1);
  EXPECT_EQ(results_.size(), 1u);
}

TEST_F(PipelineTest, AServerThatNeverAnswersBreaksTheConnection) {
  for (int i = 0; i < 3; ++i) Add(10, 50);
  pipeline_.Expire(In(10));
  EXPECT_FALSE(pipeline_.broken());
  pipeline_.Expire(In(50));
  EXPECT_TRUE(pipeline_.broken());
}

TEST_F(PipelineTest, AllThatIsLeftFailsWithTheConnection) {
  Add(100, 50);
  Add(100, 50);
  Answer("a");
  pipeline_.FailAll(Unavailable("redis"));
  EXPECT_THAT(results_, ElementsAre("a", "UNAVAILABLE"));
  EXPECT_EQ(pipeline_.size(), 0u);
}

TEST_F(PipelineTest, ErrorsBecomeAStatusByTheirFirstWord) {
  const std::pair<const char*, absl::StatusCode> cases[] = {
      {"LOADING Redis is loading the dataset in memory", absl::StatusCode::kUnavailable},
      {"READONLY You can't write against a read only replica.", absl::StatusCode::kUnavailable},
      {"NOAUTH Authentication required.", absl::StatusCode::kUnavailable},
      {"OOM command not allowed when used memory > 'maxmemory'.", absl::StatusCode::kResourceExhausted},
      {"WRONGTYPE Operation against a key", absl::StatusCode::kFailedPrecondition},
      {"", absl::StatusCode::kFailedPrecondition},
  };
  for (const auto& [text, code] : cases) {
    Add(100, 50);
    Answer(text, Reply::Kind::kError);
    EXPECT_EQ(last_.code(), code) << text;
  }
  EXPECT_TRUE(pipeline_.read_only());
}

TEST_F(PipelineTest, WhatRedisQuotesOfACommandIsNotPassedOn) {
  Add(100, 50);
  Answer("ERR unknown command 'jean@example.org'", Reply::Kind::kError);
  EXPECT_THAT(std::string(last_.message()), Not(HasSubstr("jean")));
  Add(100, 50);
  Answer("jean@example.org", Reply::Kind::kError);
  EXPECT_THAT(std::string(last_.message()), Not(HasSubstr("jean")));
}

}  // namespace
}  // namespace limpid::redis
