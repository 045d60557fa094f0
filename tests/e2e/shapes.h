#pragma once

#include <map>
#include <memory>
#include <string>

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/testing/postgres.h"
#include "libs/testing/redis_server.h"
#include "tests/e2e/suite.h"

namespace limpid::e2e {

/// A test that holds for one process on SQLite, and for four on PostgreSQL with Redis.
class BothShapes : public ::testing::TestWithParam<Shape> {
 protected:
  /// One suite for all tests of a shape: each takes addresses of its own.
  static Suite& TheSuite() {
    static std::map<Shape, std::unique_ptr<Suite>> suites;
    std::unique_ptr<Suite>& suite = suites[GetParam()];
    if (suite == nullptr) {
      suite = std::make_unique<Suite>(Suite::Options{.shape = GetParam(), .environment = Stores()});
    }
    return *suite;
  }

 private:
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
