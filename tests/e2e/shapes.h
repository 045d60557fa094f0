#pragma once

#include <map>
#include <memory>
#include <string>

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/testing/exim_server.h"
#include "libs/testing/postgres.h"
#include "libs/testing/redis_server.h"
#include "tests/e2e/suite.h"

namespace limpid::e2e {

/// A test that holds for one process on SQLite, and for four on PostgreSQL with Redis. The tests are a proxy
/// that the gateway trusts: in X-Forwarded-For they say for whom they ask.
class BothShapes : public ::testing::TestWithParam<Shape> {
 protected:
  /// One suite for all tests of a shape: each takes addresses of its own.
  static Suite& TheSuite() {
    static std::map<Shape, std::unique_ptr<Suite>> suites;
    std::unique_ptr<Suite>& suite = suites[GetParam()];
    if (suite == nullptr) {
      std::map<std::string, std::string> environment = Stores();
      environment.merge(MailSettings());
      environment["LIMPID_GATEWAY_TRUSTED_PROXIES"] = "127.0.0.1, ::1";
      suite = std::make_unique<Suite>(Suite::Options{.shape = GetParam(), .environment = environment});
    }
    return *suite;
  }

  /// The mail server that codes and links are handed to. It takes mail for all of kMailDomain.
  static limpid::testing::EximServer& Mail() {
    static const auto exim = limpid::testing::EximServer::Start({.catch_all_domains = {kMailDomain}});
    EXPECT_TRUE(exim.ok()) << exim.status();
    return **exim;
  }
  static constexpr const char* kMailDomain = "boites-a-lettres.fr";

 private:
  static std::map<std::string, std::string> MailSettings() {
    return {{"LIMPID_VERIFY_SENDERS", "smtp"},
            {"LIMPID_VERIFY_MAIL_URL", StrCat("smtp://127.0.0.1:", Mail().port())},
            {"LIMPID_VERIFY_MAIL_FROM", "no-reply@limpid.example"},
            {"LIMPID_VERIFY_MAIL_REQUIRE_TLS", "false"}};
  }
  static std::map<std::string, std::string> Stores() {
    // An account with a phone provider that no tenant has chosen: nobody is asked, its metrics are there.
    if (GetParam() == Shape::kOneProcess) return {{"LIMPID_VERIFY_PHONE_SMSFACTOR_TOKEN", "none"}};
    static const auto postgres = limpid::testing::PostgresServer::Start();
    static const auto redis = limpid::testing::RedisServer::Start();
    EXPECT_TRUE(postgres.ok()) << postgres.status();
    EXPECT_TRUE(redis.ok()) << redis.status();
    return {{"LIMPID_VERIFY_PHONE_SMSFACTOR_TOKEN", "none"},
            {"LIMPID_DATABASE_URL", (*postgres)->url()},
            {"LIMPID_REDIS_URL", StrCat("redis://127.0.0.1:", (*redis)->port(), "/0")}};
  }
};

inline std::string ShapeName(const ::testing::TestParamInfo<Shape>& info) {
  return info.param == Shape::kOneProcess ? "OneProcess" : "FourProcesses";
}

#define LIMPID_FOR_BOTH_SHAPES(suite)                                                                   \
  INSTANTIATE_TEST_SUITE_P(Shapes, suite, ::testing::Values(Shape::kOneProcess, Shape::kFourProcesses), \
                           ShapeName)

}  // namespace limpid::e2e
