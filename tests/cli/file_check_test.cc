#include "cli/file_check.h"

#include <atomic>
#include <deque>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/strings.h"

namespace limpid::cli {
namespace {

using gateway::v1::CheckRequest;
using gateway::v1::CheckResponse;
using gateway::v1::Decision;
using ::testing::ElementsAre;

CheckResponse Answer(Decision::Value decision) {
  CheckResponse response;
  response.set_decision(decision);
  return response;
}

class FileCheckTest : public ::testing::Test {
 protected:
  absl::Status Run(const std::string& text, CheckCall check, FileCheck::Options options = {}) {
    CsvReader reader(text, ',');
    CsvRow header;
    EXPECT_TRUE(reader.Next(header));
    return FileCheck(options, std::move(check))
        .Run(
            reader, Columns::FromHeader(header.cells), header.cells.size(), summary_,
            [&](CsvRow row, const RowResult& result) {
              lines_.push_back(row.line);
              outcomes_.push_back(result.outcome);
            },
            stop_.get_token());
  }

  std::stop_source stop_;
  Summary summary_;
  std::vector<size_t> lines_;
  std::vector<RowOutcome> outcomes_;
};

TEST_F(FileCheckTest, GivesRowsOutInOrderWhateverTheOrderOfAnswers) {
  // Answers come from behind, four at a time.
  std::vector<std::pair<std::string, Done<CheckResponse>>> waiting;
  const auto check = [&](const CheckRequest& request, Done<CheckResponse> done) {
    waiting.emplace_back(request.email(), std::move(done));
    if (waiting.size() < 4) return;
    for (; !waiting.empty(); waiting.pop_back()) {
      waiting.back().second(Answer(waiting.back().first == "b" ? Decision::REJECT : Decision::ACCEPT));
    }
  };
  ASSERT_EQ(Run("email\na\nb\nc\nd\ne\nf\ng\nh\n", check, {.max_in_flight = 4}), absl::OkStatus());
  EXPECT_THAT(lines_, ElementsAre(2, 3, 4, 5, 6, 7, 8, 9));
  EXPECT_EQ(outcomes_[1], RowOutcome::kReject);
  EXPECT_EQ(summary_.Count(RowOutcome::kAccept), 7u);
}

TEST_F(FileCheckTest, KeepsToItsBoundsWithAnswersFromOtherThreads) {
  std::string text = "email\n";
  for (int i = 0; i < 500; ++i) StrAppend(text, "p", i, "\n");
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  Mutex mutex;
  CondVar changed;
  std::deque<Done<CheckResponse>> work;
  bool over = false;
  const auto answer = [&] {
    while (true) {
      Done<CheckResponse> done;
      {
        MutexLock lock(mutex);
        changed.Wait(mutex, [&] { return over || !work.empty(); });
        if (work.empty()) return;
        done = std::move(work.front());
        work.pop_front();
      }
      --running;
      done(Answer(Decision::ACCEPT));
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back(answer);
  const absl::Status status = Run(text,
                                  [&](const CheckRequest&, Done<CheckResponse> done) {
                                    most = std::max<int>(most, ++running);
                                    MutexLock lock(mutex);
                                    work.push_back(std::move(done));
                                    changed.NotifyOne();
                                  },
                                  {.max_in_flight = 8, .max_window = 16});
  {
    MutexLock lock(mutex);
    over = true;
    changed.NotifyAll();
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(status, absl::OkStatus());
  EXPECT_EQ(summary_.rows(), 500u);
  EXPECT_LE(most, 8);
  EXPECT_TRUE(std::ranges::is_sorted(lines_));
}

TEST_F(FileCheckTest, SendsNothingForRowsWithNothingToCheck) {
  int calls = 0;
  const auto check = [&](const CheckRequest&, Done<CheckResponse> done) {
    ++calls;
    done(Answer(Decision::ACCEPT));
  };
  ASSERT_EQ(Run("email,name\n,Jean\na@b.fr,x,too,many\na@b.fr\n a@b.fr ,x,,\n,\n\"a@b.fr", check,
                {.max_window = 2}),
            absl::OkStatus());
  EXPECT_THAT(outcomes_, ElementsAre(RowOutcome::kEmpty, RowOutcome::kRagged, RowOutcome::kAccept,
                                     RowOutcome::kAccept, RowOutcome::kEmpty, RowOutcome::kRagged));
  EXPECT_EQ(calls, 2);
}

TEST_F(FileCheckTest, WaitsForTheQuotaAsLongAsItTakes) {
  std::map<std::string, int> tries;
  const auto check = [&](const CheckRequest& request, Done<CheckResponse> done) {
    if (++tries[request.email()] <= 10) return done(RateLimited(absl::Microseconds(1)));
    done(Answer(Decision::ACCEPT));
  };
  ASSERT_EQ(Run("email\na\nb\n", check), absl::OkStatus());
  EXPECT_EQ(tries["a"], 11);
  EXPECT_EQ(summary_.Count(RowOutcome::kAccept), 2u);
}

TEST_F(FileCheckTest, EndsWhenTheGatewayStaysAway) {
  int calls = 0;
  const auto check = [&](const CheckRequest&, Done<CheckResponse> done) {
    ++calls;
    done(Unavailable("the gateway"));
  };
  const absl::Status status =
      Run("email\na\nb\n", check,
          {.max_in_flight = 1, .max_attempts = 3, .first_retry_delay = absl::Microseconds(1)});
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(summary_.rows(), 0u);
}

TEST_F(FileCheckTest, GoesOnWhenTheGatewayComesBack) {
  int calls = 0;
  const auto check = [&](const CheckRequest&, Done<CheckResponse> done) {
    if (++calls < 3) return done(Unavailable("the gateway"));
    done(Answer(Decision::ACCEPT));
  };
  EXPECT_EQ(Run("email\na\n", check, {.first_retry_delay = absl::Microseconds(1)}), absl::OkStatus());
  EXPECT_EQ(calls, 3);
}

TEST_F(FileCheckTest, EndsAtOnceWhenTheCallerIsRefused) {
  int calls = 0;
  const auto check = [&](const CheckRequest&, Done<CheckResponse> done) {
    ++calls;
    done(Unauthenticated("CREDENTIALS_INVALID", "This API key is not known."));
  };
  EXPECT_EQ(Run("email\na\nb\nc\n", check, {.max_in_flight = 1}).code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(calls, 1);
}

TEST_F(FileCheckTest, PutsAFaultyRowAsideAndGoesOn) {
  const auto check = [&](const CheckRequest& request, Done<CheckResponse> done) {
    if (request.email() == "a") return done(InvalidField("email", "TOO_LONG", ""));
    if (request.email() == "b") return done(DeadlineExceeded());
    done(Answer(Decision::ACCEPT));
  };
  ASSERT_EQ(Run("email\na\nb\nc\n", check), absl::OkStatus());
  EXPECT_THAT(outcomes_, ElementsAre(RowOutcome::kRefused, RowOutcome::kFailed, RowOutcome::kAccept));
}

TEST_F(FileCheckTest, EndsWhenItIsStoppedThoughNobodyAnswers) {
  std::vector<Done<CheckResponse>> never;
  const auto check = [&](const CheckRequest&, Done<CheckResponse> done) {
    never.push_back(std::move(done));
    stop_.request_stop();
  };
  EXPECT_EQ(Run("email\na\n", check).code(), absl::StatusCode::kCancelled);
  for (auto& done : never) done(Cancelled());  // late answers find nobody, and harm nobody
}

}  // namespace
}  // namespace limpid::cli
