#include "libs/testing/database.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include "libs/base/strings.h"
#include "libs/testing/postgres.h"
#include "libs/testing/temp_dir.h"

namespace limpid::testing {
namespace {

class SqliteFile final : public TestDatabase {
 public:
  std::string url() const override { return StrCat("sqlite:", folder_.File("test.db")); }
  std::string schema() const override { return "limpid"; }

 private:
  TempDir folder_;
};

class PostgresSchema final : public TestDatabase {
 public:
  PostgresSchema(std::string url, std::string schema) : url_(std::move(url)), schema_(std::move(schema)) {}
  std::string url() const override { return url_; }
  std::string schema() const override { return schema_; }

 private:
  const std::string url_;
  const std::string schema_;
};

const PostgresServer& SharedServer() {
  static const std::unique_ptr<PostgresServer> kServer = [] {
    auto server = PostgresServer::Start();
    if (!server.ok()) {
      std::fprintf(stderr, "%s\n", server.status().ToString().c_str());
      std::abort();
    }
    return *std::move(server);
  }();
  return *kServer;
}

}  // namespace

std::unique_ptr<TestDatabase> FreshSqlite() { return std::make_unique<SqliteFile>(); }

std::unique_ptr<TestDatabase> FreshPostgres() {
  static std::atomic<int> made = 0;
  return std::make_unique<PostgresSchema>(SharedServer().url(), StrCat("test_", ++made));
}

}  // namespace limpid::testing
