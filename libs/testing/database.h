#pragma once

#include <memory>
#include <string>

namespace limpid::testing {

/// Where a test's own, empty database is. It goes with the object.
class TestDatabase {
 public:
  virtual ~TestDatabase() = default;
  /// For sql::Database::Open, together with schema().
  virtual std::string url() const = 0;
  virtual std::string schema() const = 0;
};

/// A file in a folder of its own.
std::unique_ptr<TestDatabase> FreshSqlite();
/// A schema of its own in the one PostgreSQL of this test binary, which the first call starts.
std::unique_ptr<TestDatabase> FreshPostgres();

/// Which of the two a test binary runs its suite over: defined by the source that it links,
/// libs/testing/database_sqlite.cc or database_postgres.cc.
std::unique_ptr<TestDatabase> FreshDatabase();

}  // namespace limpid::testing
