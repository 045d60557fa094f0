#include "libs/base/timers.h"

#include <future>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

namespace limpid {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr auto kNever = std::chrono::hours(1);

TEST(Timers, CallsBackInTheOrderOfTheTimesGiven) {
  Timers timers;
  std::vector<int> order;
  std::promise<void> last;
  const SteadyTime now = steady_clock::now();
  timers.At(now + milliseconds(30), [&] {
    order.push_back(3);
    last.set_value();
  });
  timers.At(now + milliseconds(20), [&] { order.push_back(2); });
  timers.At(now, [&] { order.push_back(1); });
  last.get_future().get();
  EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
  EXPECT_GE(steady_clock::now(), now + milliseconds(30));
}

TEST(Timers, ForgetsWhatIsCancelled) {
  bool ran = false;
  {
    Timers timers;
    const Timers::Id id = timers.At(steady_clock::now() + kNever, [&] { ran = true; });
    EXPECT_TRUE(timers.Cancel(id));
    EXPECT_FALSE(timers.Cancel(id));
  }
  EXPECT_FALSE(ran);
}

TEST(Timers, RunsWhatIsLeftWhenItEnds) {
  bool ran = false;
  {
    Timers timers;
    timers.At(steady_clock::now() + kNever, [&] { ran = true; });
  }
  EXPECT_TRUE(ran);
}

class UntilDeadlineTest : public ::testing::Test {
 protected:
  static Call EndingIn(steady_clock::duration left) {
    Call call;
    call.deadline = steady_clock::now() + left;
    return call;
  }
};

TEST_F(UntilDeadlineTest, PassesOnWhatComesInTimeAndNothingLater) {
  std::vector<absl::StatusOr<int>> results;
  {
    Timers timers;
    const auto keep = [&](absl::StatusOr<int> result) { results.push_back(std::move(result)); };
    Done<int> done = UntilDeadline<int>(EndingIn(kNever), timers, keep);
    done(7);
    done(8);
  }
  ASSERT_EQ(results.size(), 1);
  EXPECT_EQ(results[0].value(), 7);
}

TEST_F(UntilDeadlineTest, AnswersAtTheDeadlineAndDropsWhatComesAfterIt) {
  Timers timers;
  std::promise<absl::StatusOr<int>> first;
  Done<int> done = UntilDeadline<int>(EndingIn(milliseconds(1)), timers, [&](absl::StatusOr<int> result) {
    first.set_value(std::move(result));
  });
  EXPECT_TRUE(absl::IsDeadlineExceeded(first.get_future().get().status()));
  done(7);  // A second set_value would throw.
}

TEST_F(UntilDeadlineTest, NeedsNoTimerWithoutADeadline) {
  Timers timers;
  std::optional<int> result;
  UntilDeadline<int>(Call{}, timers, [&](absl::StatusOr<int> value) { result = *value; })(7);
  EXPECT_EQ(result, 7);
}

}  // namespace
}  // namespace limpid
