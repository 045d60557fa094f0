#include "cli/progress.h"

#include <cstdio>
#include <memory>
#include <string>

#include <gmock/gmock.h>

#include "libs/testing/fake_clock.h"

namespace limpid::cli {
namespace {

using ::testing::HasSubstr;

class ProgressTest : public ::testing::Test {
 protected:
  std::string Shown() {
    std::rewind(out_.get());
    std::string text(4096, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), out_.get()));
    return text;
  }

  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out_{std::tmpfile(), &std::fclose};
  limpid::testing::FakeClock clock_;
};

TEST_F(ProgressTest, DrawsABarAndClearsIt) {
  {
    Progress progress(out_.get(), true, 2000, clock_);
    clock_.Advance(absl::Seconds(2));
    progress.Update(1000);
  }
  EXPECT_EQ(Shown(),
            "\r[###############...............]  1,000 of 2,000 rows  50.0 %  500 a second\033[K\r\033[K");
}

TEST_F(ProgressTest, RedrawsAtMostTenTimesASecond) {
  Progress progress(out_.get(), true, 2000, clock_);
  progress.Update(0);
  progress.Update(1);
  clock_.Advance(absl::Milliseconds(99));
  progress.Update(2);
  const std::string shown = Shown();
  EXPECT_EQ(std::count(shown.begin(), shown.end(), '\r'), 1);
}

TEST_F(ProgressTest, IsALineNowAndThenWhereThereIsNoTerminal) {
  Progress progress(out_.get(), false, 2000, clock_);
  progress.Update(1);
  clock_.Advance(absl::Seconds(10));
  progress.Update(500);
  progress.Update(501);
  EXPECT_EQ(Shown(), "500 of 2,000 rows  25.0 %  50 a second\n");
}

}  // namespace
}  // namespace limpid::cli
