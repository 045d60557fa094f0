#include "libs/base/call.h"

#include <gmock/gmock.h>

namespace limpid {
namespace {

class StoppedClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::UnixEpoch(); }
  SteadyTime SteadyNow() const override { return now; }
  SteadyTime now{};
};

TEST(Call, WithoutADeadlineItNeverExpires) {
  EXPECT_EQ(Call{}.Remaining(), absl::InfiniteDuration());
  EXPECT_TRUE(Call{}.Check().ok());
}

TEST(Call, AHopNeverGetsMoreThanWhatIsLeft) {
  StoppedClock clock;
  Call call;
  call.deadline = clock.now + std::chrono::milliseconds(300);
  EXPECT_EQ(call.Within(absl::Milliseconds(100), clock).Remaining(clock), absl::Milliseconds(100));
  EXPECT_EQ(call.Within(absl::Seconds(5), clock).Remaining(clock), absl::Milliseconds(300));
  EXPECT_EQ(call.Within(-absl::Seconds(1), clock).Remaining(clock), absl::ZeroDuration());
}

TEST(Call, ExpiredAndStoppedCallsSayWhy) {
  StoppedClock clock;
  Call call;
  call.deadline = clock.now;
  EXPECT_EQ(call.Check(clock).code(), absl::StatusCode::kDeadlineExceeded);
  std::stop_source source;
  call.stop = source.get_token();
  source.request_stop();
  EXPECT_EQ(call.Check(clock).code(), absl::StatusCode::kCancelled);
}

TEST(Role, NamesAreReadBack) {
  for (const Role role :
       {Role::kOperator, Role::kAdmin, Role::kStandard, Role::kReader, Role::kCapture, Role::kService}) {
    EXPECT_EQ(RoleFromName(RoleName(role)), role);
  }
  EXPECT_EQ(RoleFromName("ROOT"), std::nullopt);
}

}  // namespace
}  // namespace limpid
