#include "libs/base/settings.h"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>
#include <unistd.h>

namespace limpid {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr SettingSpec kTable[] = {
    {.name = "verify.grpc_addr",
     .type = SettingType::kAddress,
     .default_value = "127.0.0.1:50052",
     .sentence = "Where it listens."},
    {.name = "verify.timeout",
     .type = SettingType::kDuration,
     .default_value = "800ms",
     .sentence = "A time.",
     .min = 1,
     .max = 10000},
    {.name = "verify.cap", .type = SettingType::kBytes, .default_value = "10MiB", .sentence = "A size."},
    {.name = "verify.threads",
     .type = SettingType::kInteger,
     .default_value = "2",
     .sentence = "A number.",
     .min = 1,
     .max = 64},
    {.name = "verify.strict",
     .type = SettingType::kBoolean,
     .default_value = "false",
     .sentence = "A switch."},
    {.name = "internal_key", .default_value = "", .sentence = "A secret.", .secret = true},
};

class SettingsTest : public testing::Test {
 protected:
  SettingsTest() {
    char path[] = "/tmp/limpid-settings-XXXXXX";
    file_ = path;
    const int fd = mkstemp(file_.data());
    if (fd >= 0) close(fd);
  }
  ~SettingsTest() override { unlink(file_.c_str()); }

  std::string FileWith(std::string_view text) {
    std::ofstream(file_) << text;
    return file_;
  }
  absl::StatusOr<Settings> Load(std::vector<std::string> args, std::map<std::string, std::string> env = {}) {
    return Settings::Load(
        {.tables = {kTable}, .services = {"verify"}, .args = std::move(args), .environment = std::move(env)});
  }

  std::string file_;
};

TEST_F(SettingsTest, DefaultsHoldWhereNothingIsGiven) {
  const auto settings = Load({});
  ASSERT_TRUE(settings.ok());
  EXPECT_EQ(settings->Text("verify.grpc_addr"), "127.0.0.1:50052");
  EXPECT_EQ(settings->Duration("verify.timeout"), absl::Milliseconds(800));
  EXPECT_EQ(settings->Bytes("verify.cap"), 10 << 20);
  EXPECT_EQ(settings->Integer("verify.threads"), 2);
  EXPECT_FALSE(settings->Boolean("verify.strict"));
}

TEST_F(SettingsTest, FlagOutranksEnvironmentOutranksFileOutranksDefault) {
  const std::string file = FileWith("verify:\n  timeout: 1s\n  threads: 3\n  cap: 1KiB\n");
  const auto settings = Load({"--config", file, "--verify-timeout=3s"},
                             {{"LIMPID_VERIFY_TIMEOUT", "2s"}, {"LIMPID_VERIFY_THREADS", "4"}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->Duration("verify.timeout"), absl::Seconds(3));
  EXPECT_EQ(settings->Integer("verify.threads"), 4);
  EXPECT_EQ(settings->Bytes("verify.cap"), 1024);
  EXPECT_FALSE(settings->Boolean("verify.strict"));
}

TEST_F(SettingsTest, EveryFaultIsNamedWithItsKey) {
  const auto settings = Load({"--nonsense=1", "--verify-timeout=soon"},
                             {{"LIMPID_VERIFY_THREADS", "900"}, {"LIMPID_VERIFY_TREADS", "2"}});
  ASSERT_FALSE(settings.ok());
  EXPECT_THAT(std::string(settings.status().message()),
              AllOf(HasSubstr("--nonsense"), HasSubstr("verify.timeout"), HasSubstr("verify.threads"),
                    HasSubstr("LIMPID_VERIFY_TREADS")));
}

TEST_F(SettingsTest, UnknownKeyInTheFileRefusesToStart) {
  EXPECT_THAT(std::string(Load({"--config", FileWith("verify:\n  tiemout: 1s\n")}).status().message()),
              HasSubstr("verify.tiemout"));
  EXPECT_THAT(std::string(Load({"--config", FileWith("a: [")}).status().message()), HasSubstr("config"));
  EXPECT_THAT(std::string(Load({"--config", "/nonexistent"}).status().message()), HasSubstr("/nonexistent"));
}

TEST_F(SettingsTest, AFileThatHoldsNoSettingsRefusesToStart) {
  const auto refusal = [&](const std::string& file) {
    return std::string(Load({"--config", file}).status().message());
  };
  for (const char* text : {"- a\n- b\n", "nonsense", "a: &a [*a]"}) {
    const std::string file = FileWith(text);
    EXPECT_THAT(refusal(file), HasSubstr("config " + file)) << text;
  }
  EXPECT_THAT(refusal("/"), HasSubstr("config / cannot be read"));
  EXPECT_THAT(refusal(FileWith("verify:\n  threads: 1\n  threads: 2\n")),
              HasSubstr("verify.threads is given twice"));
  EXPECT_TRUE(Load({"--config", FileWith("")}).ok());
}

TEST_F(SettingsTest, AValueOutOfBoundsIsToldItsBounds) {
  EXPECT_THAT(std::string(Load({"--verify-threads=900"}).status().message()),
              HasSubstr("verify.threads must be 1 to "));
}

TEST_F(SettingsTest, AnotherServicesEnvironmentIsIgnoredButNobodysIsRefused) {
  EXPECT_TRUE(Load({}, {{"LIMPID_CONTACT_WHATEVER", "1"}, {"PATH", "/bin"}}).ok());
  EXPECT_FALSE(Load({}, {{"LIMPID_WHATEVER", "1"}}).ok());
}

TEST_F(SettingsTest, WhatTheOtherProgramsOfTheSuiteReadIsIgnored) {
  for (const char* variable : {"LIMPID_VERIFY_TARGET", "LIMPID_GATEWAY_TARGET", "LIMPID_KEY",
                               "LIMPID_KEY_FILE", "LIMPID_BOOTSTRAP_KEY", "LIMPID_BOOTSTRAP_KEY_FILE"}) {
    EXPECT_TRUE(Load({}, {{variable, "/nonexistent"}}).ok()) << variable;
  }
}

TEST_F(SettingsTest, SecretComesFromAFileAndIsNeverPrinted) {
  const auto settings = Load({"--print-settings"}, {{"LIMPID_INTERNAL_KEY_FILE", FileWith("hush\n")}});
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->Text("internal_key"), "hush");
  EXPECT_TRUE(settings->wants_print());
  EXPECT_THAT(settings->Print(), AllOf(HasSubstr("internal_key=********"), Not(HasSubstr("hush"))));
}

TEST_F(SettingsTest, MissingSecretFileRefusesToStart) {
  for (const char* file : {"/nonexistent", "/"}) {
    EXPECT_THAT(std::string(Load({}, {{"LIMPID_INTERNAL_KEY_FILE", file}}).status().message()),
                HasSubstr("internal_key_file"));
  }
}

TEST_F(SettingsTest, ASecretGivenTwiceRefusesToStart) {
  const std::string file = FileWith("hush");
  const auto both =
      Load({}, {{"LIMPID_INTERNAL_KEY_FILE", file}, {"LIMPID_INTERNAL_KEY", "another"}}).status();
  EXPECT_THAT(std::string(both.message()), HasSubstr("internal_key is given twice"));
  // What outranks is no contradiction.
  EXPECT_TRUE(Load({"--internal-key=another"}, {{"LIMPID_INTERNAL_KEY_FILE", file}}).ok());
}

TEST_F(SettingsTest, HelpNamesFlagVariableAndDefault) {
  EXPECT_THAT(Settings::Help({kTable}),
              AllOf(HasSubstr("--verify-timeout"), HasSubstr("LIMPID_VERIFY_TIMEOUT"), HasSubstr("800ms")));
}

TEST_F(SettingsTest, ListsAreSplitAtCommas) {
  const auto settings = Load({}, {{"LIMPID_INTERNAL_KEY", "a, b,,c"}});
  ASSERT_TRUE(settings.ok());
  EXPECT_THAT(settings->List("internal_key"), ElementsAre("a", "b", "c"));
}

TEST_F(SettingsTest, BadValuesOfEachTypeAreRefused) {
  for (const char* flag :
       {"--verify-grpc-addr=nowhere", "--verify-grpc-addr=a:70000", "--verify-cap=10parsecs",
        "--verify-cap=9999999999GiB", "--verify-threads=two", "--verify-strict=yes", "--verify-timeout=5",
        "--verify-timeout=0s", "--verify-timeout"}) {
    EXPECT_FALSE(Load({flag}).ok()) << flag;
  }
}

}  // namespace
}  // namespace limpid
