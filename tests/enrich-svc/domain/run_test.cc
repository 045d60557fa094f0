#include "enrich-svc/domain/run.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/testing/fixed_random.h"

namespace limpid::enrich {
namespace {

using limpid::testing::FixedRandom;

TEST(RunId, IsTheSameForTheSameEventAndScenario) {
  const ScenarioId fill("fill-empty-on-create");
  EXPECT_EQ(RunIdFor("ev1", fill), RunIdFor("ev1", fill));
  EXPECT_NE(RunIdFor("ev1", fill), RunIdFor("ev2", fill));
  EXPECT_NE(RunIdFor("ev1", fill), RunIdFor("ev1", ScenarioId("another")));
}

TEST(RunState, EachHasAWordThatReadsBack) {
  for (const RunState state :
       {RunState::kPending, RunState::kRunning, RunState::kSucceeded, RunState::kFailed}) {
    EXPECT_EQ(RunStateFromName(Name(state)), state);
  }
  EXPECT_EQ(RunStateFromName("pending"), std::nullopt);
}

TEST(DelayBeforeNext, DoublesUpToTheMaximum) {
  FixedRandom random(1);
  const RunRetries retries{
      .max_attempts = 10, .first_delay = absl::Seconds(2), .max_delay = absl::Seconds(10)};
  const auto delay = [&](int attempt) {
    return absl::ToInt64Milliseconds(absl::Ceil(
        *DelayBeforeNext(retries, attempt, Unavailable("contact-svc"), random), absl::Milliseconds(1)));
  };
  EXPECT_EQ(delay(1), 2000);
  EXPECT_EQ(delay(2), 4000);
  EXPECT_EQ(delay(3), 8000);
  EXPECT_EQ(delay(4), 10000);
  EXPECT_EQ(delay(9), 10000);
}

TEST(DelayBeforeNext, ChanceShortensItByAQuarterAtMost) {
  FixedRandom random(0);
  EXPECT_EQ(DelayBeforeNext({.first_delay = absl::Seconds(2)}, 1, Unavailable("contact-svc"), random),
            absl::Milliseconds(1500));
}

TEST(DelayBeforeNext, GivesUpAfterTheLastAttempt) {
  FixedRandom random;
  EXPECT_NE(DelayBeforeNext({.max_attempts = 3}, 2, Unavailable("contact-svc"), random), std::nullopt);
  EXPECT_EQ(DelayBeforeNext({.max_attempts = 3}, 3, Unavailable("contact-svc"), random), std::nullopt);
}

TEST(DelayBeforeNext, GivesUpAtOnceWhereAnotherAttemptCannotHelp) {
  FixedRandom random;
  for (const absl::Status& status : {NotFound("contact", "c1"), InvalidRequest("INVALID_REQUEST", "No."),
                                     absl::PermissionDeniedError("no"), absl::UnimplementedError("no")}) {
    EXPECT_EQ(DelayBeforeNext({}, 1, status, random), std::nullopt) << status;
  }
  EXPECT_NE(DelayBeforeNext({}, 1, StaleEtag("contact", "c1"), random), std::nullopt);
}

}  // namespace
}  // namespace limpid::enrich
