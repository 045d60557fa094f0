#include "libs/service/service_process.h"

#include <gmock/gmock.h>
#include <signal.h>

#include "libs/base/strings.h"
#include "libs/testing/process.h"

namespace limpid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::unique_ptr<testing::Process> StartIdle(std::vector<std::string> args,
                                            std::map<std::string, std::string> environment = {}) {
  args.insert(args.begin(), LIMPID_BIN_DIR "/idle-svc");
  auto process = testing::Process::Start(
      {.command = std::move(args), .environment = std::move(environment), .folder = {}});
  EXPECT_TRUE(process.ok());
  return *std::move(process);
}

TEST(ServiceProcess, ServesUntilItIsAskedToEndAndEndsInOrder) {
  const auto process = StartIdle({"--drain-wait=0s"});
  ASSERT_TRUE(process->WaitForLine("\"event\":\"serving\",\"grpc\":7")) << process->Output();
  process->Signal(SIGTERM);
  EXPECT_EQ(process->Wait(), 0);
  process->WaitForLine("\"event\":\"ended\"");
  const std::string output = process->Output();
  EXPECT_LT(output.find("announced"), output.find("drained"));
}

TEST(ServiceProcess, SighupReloads) {
  const auto process = StartIdle({"--drain-wait=0s"});
  process->WaitForLine("serving");
  process->Signal(SIGHUP);
  EXPECT_TRUE(process->WaitForLine("reloaded"));
}

TEST(ServiceProcess, ASecondSignalEndsTheWaiting) {
  const auto process = StartIdle({"--drain-wait=60s"});
  process->WaitForLine("serving");
  process->Signal(SIGTERM);
  process->WaitForLine("announced");
  process->Signal(SIGTERM);
  EXPECT_EQ(process->Wait(), 0);
}

TEST(ServiceProcess, ABadSettingStopsTheStartWithItsName) {
  const auto process = StartIdle({"--verify-nonsense=1"}, {{"LIMPID_VERIFY_OPS_ADDR", "nowhere"}});
  EXPECT_EQ(process->Wait(), 2);
  process->WaitForLine("waits for the end");
  EXPECT_THAT(process->Output(), AllOf(HasSubstr("--verify-nonsense"), HasSubstr("verify.ops_addr")));
}

TEST(ServiceProcess, WhatCannotBeBuiltIsNamed) {
  const auto process = StartIdle({"--verify-fails=database"});
  EXPECT_EQ(process->Wait(), 1);
  EXPECT_TRUE(process->WaitForLine("no database"));
}

TEST(ServiceProcess, AValueThatTurnsOutToBeBadIsABadSetting) {
  const auto process = StartIdle({"--verify-fails=value"});
  EXPECT_EQ(process->Wait(), 2);
  EXPECT_TRUE(process->WaitForLine("no such value"));
}

TEST(ServiceProcess, AnAddressInUseIsNamedWithItsSetting) {
  const auto first = StartIdle({});
  const auto line = first->WaitForLine("serving");
  ASSERT_TRUE(line.has_value()) << first->Output();
  const std::string port = line->substr(line->find("\"ops\":") + 6);
  const auto second = StartIdle({StrCat("--verify-ops-addr=127.0.0.1:", port.substr(0, port.find('}')))});
  EXPECT_EQ(second->Wait(), 1);
  EXPECT_TRUE(second->WaitForLine("verify.ops_addr: Cannot listen on 127.0.0.1:")) << second->Output();
}

}  // namespace
}  // namespace limpid
