#include "libs/sql/migration.h"

#include <vector>

#include "tests/libs/sql/suite/fixture.h"

namespace limpid::sql {
namespace {

using ::testing::HasSubstr;

constexpr Migration kFirst{.version = 1,
                           .name = "people",
                           .sql =
                               "CREATE TABLE people (id {identity}, name {text}); "
                               "CREATE INDEX people_name ON people (name)"};
constexpr Migration kSecond{.version = 2,
                            .name = "backend",
                            .sql = "CREATE TABLE lite (x BIGINT)",
                            .postgres_sql = "CREATE TABLE post (x BIGINT)"};
constexpr Migration kBroken{
    .version = 3, .name = "broken", .sql = "CREATE TABLE fine (x BIGINT); CREATE NONSENSE"};

class Migrations : public SqlTest {};

TEST_F(Migrations, StepsAreAppliedOnceAndInOrder) {
  const std::vector<Migration> one = {kFirst};
  const std::vector<Migration> two = {kFirst, kSecond};
  ASSERT_EQ(Migrate(*database_, call_, one), absl::OkStatus());
  ASSERT_EQ(Migrate(*database_, call_, two), absl::OkStatus());
  ASSERT_EQ(Migrate(*database_, call_, two), absl::OkStatus());
  EXPECT_EQ(Number("SELECT COUNT(*) FROM people"), 0);
  EXPECT_EQ(Number("SELECT COUNT(*) FROM schema_migrations"), 2);
}

TEST_F(Migrations, AStepMayHaveWordsOfItsOwnForPostgres) {
  const std::vector<Migration> steps = {kSecond};
  ASSERT_EQ(Migrate(*database_, call_, steps), absl::OkStatus());
  EXPECT_EQ(Number(OnSqlite() ? "SELECT COUNT(*) FROM lite" : "SELECT COUNT(*) FROM post"), 0);
}

TEST_F(Migrations, ADatabaseNewerThanTheCodeIsRefused) {
  const std::vector<Migration> newer = {kFirst, kSecond};
  const std::vector<Migration> older = {kFirst};
  ASSERT_EQ(Migrate(*database_, call_, newer), absl::OkStatus());
  const absl::Status status = Migrate(*database_, call_, older);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("version 2"));
}

TEST_F(Migrations, AnotherStepUnderTheSameVersionIsRefused) {
  const std::vector<Migration> here = {kFirst};
  std::vector<Migration> there = {kFirst};
  there[0].name = "animals";
  ASSERT_EQ(Migrate(*database_, call_, here), absl::OkStatus());
  EXPECT_EQ(Migrate(*database_, call_, there).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(Migrations, AFailingStepLeavesNothingOfTheRun) {
  const std::vector<Migration> steps = {kFirst, kSecond, kBroken};
  EXPECT_EQ(Migrate(*database_, call_, steps).code(), absl::StatusCode::kInternal);
  const std::vector<Migration> good = {kFirst, kSecond};
  EXPECT_EQ(Migrate(*database_, call_, good), absl::OkStatus());
}

}  // namespace
}  // namespace limpid::sql
