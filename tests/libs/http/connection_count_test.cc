#include "libs/http/connection_count.h"

#include <thread>

#include <gmock/gmock.h>

namespace limpid::http::internal {
namespace {

TEST(ConnectionCount, AdmitsNoMoreThanItsBound) {
  ConnectionCount count(2);
  EXPECT_TRUE(count.Enter());
  EXPECT_TRUE(count.Enter());
  EXPECT_FALSE(count.Enter());
  EXPECT_EQ(count.open(), 2u);
  count.Leave();
  EXPECT_TRUE(count.Enter());
}

TEST(ConnectionCount, WaitsForTheLast) {
  ConnectionCount count(2);
  EXPECT_TRUE(count.AwaitNone(absl::ZeroDuration()));
  count.Enter();
  EXPECT_FALSE(count.AwaitNone(absl::Milliseconds(1)));
  std::thread leaving([&count] { count.Leave(); });
  EXPECT_TRUE(count.AwaitNone(absl::InfiniteDuration()));
  leaving.join();
}

}  // namespace
}  // namespace limpid::http::internal
