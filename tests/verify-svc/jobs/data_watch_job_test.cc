#include "verify-svc/jobs/data_watch_job.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>

#include <gmock/gmock.h>

#include "libs/testing/temp_dir.h"

namespace limpid::verify {
namespace {

TEST(DataWatchJob, ReloadsOnceForEachChange) {
  const limpid::testing::TempDir folder;
  const std::string file = folder.File("relays.txt");
  const auto write = [&](std::string_view text) { std::ofstream(file, std::ios::app) << text; };
  write("relay.fr\n");
  std::atomic<int> loads = 0;
  std::promise<void> first;
  std::promise<void> second;
  MetricsRegistry metrics;
  ShippedData data(metrics);
  ASSERT_TRUE(data.Add<int>({.name = "relays",
                             .files = {file},
                             .load =
                                 [&] {
                                   const int count = ++loads;
                                   if (count == 2) first.set_value();
                                   if (count == 3) second.set_value();
                                   return std::make_shared<const int>(count);
                                 }})
                  .ok());
  DataWatchJob job(data, absl::Milliseconds(1));
  write("other-relay.fr\n");
  first.get_future().wait();
  std::filesystem::remove(file);
  second.get_future().wait();
  EXPECT_EQ(loads, 3);
}

TEST(DataWatchJob, EndsAtOnceHoweverLongItsInterval) {
  MetricsRegistry metrics;
  ShippedData data(metrics);
  DataWatchJob job(data, absl::Hours(1));
}

}  // namespace
}  // namespace limpid::verify
