#pragma once

#include <memory>
#include <string>

#include <gmock/gmock.h>

#include "libs/sql/database.h"
#include "libs/testing/database.h"

namespace limpid::sql {

/// A fresh database of the kind that the binary is linked for, with a table `pairs (name, number)`.
class SqlTest : public ::testing::Test {
 protected:
  SqlTest() : place_(limpid::testing::FreshDatabase()) { Reopen(); }

  void Reopen(Options options = {}) {
    database_.reset();
    options.schema = place_->schema();
    auto opened = Database::Open(place_->url(), options);
    EXPECT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
    EXPECT_EQ(Script("CREATE TABLE IF NOT EXISTS pairs (name {text} NOT NULL PRIMARY KEY, number BIGINT)"),
              absl::OkStatus());
  }

  absl::Status Script(std::string_view sql) {
    return database_->Write(call_, [&](Session& session) { return session.RunScript(sql); });
  }
  absl::Status Put(std::string_view name, int64_t number) {
    return database_->Write(call_, [&](Session& session) { return PutIn(session, name, number); });
  }
  static absl::Status PutIn(Session& session, std::string_view name, int64_t number) {
    return session.Execute("INSERT INTO pairs (name, number) VALUES (?, ?)", name, number).status();
  }
  /// The one number that a query answers.
  template <class... Args>
  int64_t Number(std::string_view sql, const Args&... args) {
    int64_t number = -1;
    const absl::Status status = database_->Read(call_, [&](Session& session) {
      const absl::StatusOr<Rows> rows = session.Query(sql, args...);
      if (!rows.ok()) return rows.status();
      if (!rows->empty()) number = rows->front().Int(0);
      return absl::OkStatus();
    });
    EXPECT_EQ(status, absl::OkStatus());
    return number;
  }
  int64_t Count() { return Number("SELECT COUNT(*) FROM pairs"); }
  bool OnSqlite() const { return database_->dialect().backend == Backend::kSqlite; }

  const std::unique_ptr<limpid::testing::TestDatabase> place_;
  std::unique_ptr<Database> database_;
  Call call_;
};

}  // namespace limpid::sql
