#include "libs/testing/process.h"

#include <gmock/gmock.h>
#include <signal.h>

namespace limpid::testing {
namespace {

using ::testing::HasSubstr;

std::unique_ptr<Process> Shell(const std::string& script) {
  auto process = Process::Start({.command = {"sh", "-c", script}, .environment = {{"GREETING", "hello"}}});
  EXPECT_TRUE(process.ok());
  return *std::move(process);
}

TEST(Process, ReadsStderrLineByLine) {
  const auto process = Shell("echo one >&2; echo \"two $GREETING\" >&2");
  EXPECT_EQ(process->WaitForLine("two"), "two hello");
  EXPECT_EQ(process->WaitForLine("one"), "one");
  EXPECT_EQ(process->Wait(), 0);
}

TEST(Process, SaysThatALineNeverCameWhenTheProgramEnds) {
  EXPECT_EQ(Shell("exit 3")->WaitForLine("ready"), std::nullopt);
}

TEST(Process, TellsHowItEnded) {
  EXPECT_EQ(Shell("exit 3")->Wait(), 3);
  const auto process = Shell("echo ready >&2; exec sleep 1000");
  process->WaitForLine("ready");
  process->Signal(SIGTERM);
  EXPECT_EQ(process->Wait(), 128 + SIGTERM);
}

TEST(Process, EndsWithWhatItStartedItself) {
  // The shell's own child has its stderr, and would hold the reader for as long as it lives.
  const auto process = Shell("sleep 1000 & echo ready >&2; wait");
  EXPECT_EQ(process->WaitForLine("ready"), "ready");
}

TEST(Process, WhatCannotBeStartedExitsWith127) {
  const auto process = Process::Start({.command = {"/nonexistent/program"}});
  ASSERT_TRUE(process.ok());
  EXPECT_EQ((*process)->Wait(), 127);
}

}  // namespace
}  // namespace limpid::testing
