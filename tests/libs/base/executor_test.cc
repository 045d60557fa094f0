#include "libs/base/executor.h"

#include <atomic>
#include <latch>

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid {
namespace {

TEST(Executor, RunsEveryAdmittedTaskBeforeItEnds) {
  std::atomic<int> ran = 0;
  {
    Executor executor({.name = "test", .threads = 2, .max_queue = 100});
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(executor.Submit([&] { ++ran; }).ok());
  }
  EXPECT_EQ(ran, 100);
}

TEST(Executor, RefusesAtOnceWhenTheQueueIsFull) {
  std::latch started(1);
  std::latch release(1);
  Executor executor({.name = "test", .threads = 1, .max_queue = 1});
  ASSERT_TRUE(executor
                  .Submit([&] {
                    started.count_down();
                    release.wait();
                  })
                  .ok());
  started.wait();
  ASSERT_TRUE(executor.Submit([] {}).ok());
  const absl::Status refused = executor.Submit([] {});
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused), "OVERLOADED");
  EXPECT_GT(DetailsOf(refused).retry_after, absl::ZeroDuration());
  release.count_down();
}

TEST(Executor, RefusesAfterShutdown) {
  Executor executor({.name = "test", .threads = 1, .max_queue = 1});
  executor.Shutdown();
  EXPECT_EQ(executor.Submit([] {}).code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace limpid
