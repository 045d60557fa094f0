#include "verify-svc/jobs/list_watch_job.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>

#include <gmock/gmock.h>

#include "libs/testing/temp_dir.h"

namespace limpid::verify {
namespace {

namespace fs = std::filesystem;

TEST(ListWatchJob, ReloadsOnceForEachChange) {
  const limpid::testing::TempDir folder;
  fs::create_directories(folder.path() / "email");
  const auto write = [&](std::string_view text) {
    std::ofstream(folder.path() / "email/alias_relays.txt", std::ios::app) << text;
  };
  write("relay.fr\n");
  std::atomic<int> reloads = 0;
  std::promise<void> first;
  std::promise<void> second;
  ListWatchJob job({.folder = folder.path().string(), .interval = absl::Milliseconds(1)}, [&] {
    const int count = ++reloads;
    if (count == 1) first.set_value();
    if (count == 2) second.set_value();
  });
  write("other-relay.fr\n");
  first.get_future().wait();
  fs::remove(folder.path() / "email/alias_relays.txt");
  second.get_future().wait();
  EXPECT_EQ(reloads, 2);
}

TEST(ListWatchJob, EndsAtOnceHoweverLongItsInterval) {
  ListWatchJob job({.folder = "no such folder", .interval = absl::Hours(1)}, [] {});
}

}  // namespace
}  // namespace limpid::verify
