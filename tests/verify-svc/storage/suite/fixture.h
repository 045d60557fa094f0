#pragma once

#include <memory>
#include <utility>

#include <gmock/gmock.h>

#include "libs/sql/database.h"
#include "libs/sql/migration.h"
#include "libs/testing/database.h"
#include "verify-svc/storage/schema.h"

namespace limpid::verify {

/// A fresh database of the kind that the binary is linked for, with the tables of verify-svc.
class StorageTest : public ::testing::Test {
 protected:
  StorageTest() : place_(limpid::testing::FreshDatabase()), database_(Open()) {
    EXPECT_EQ(sql::Migrate(*database_, {}, Migrations()), absl::OkStatus());
    call_.tenant = TenantId("acme");
  }

  /// The same database as another replica opens it; null on SQLite, whose file has one process.
  std::unique_ptr<sql::Database> OpenReplica() const {
    return database_->dialect().backend == sql::Backend::kPostgres ? Open() : nullptr;
  }
  /// Closes the database and opens it anew. What a test made of the old one must not be used again.
  void Restart() {
    database_.reset();
    database_ = Open();
  }

  const absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  const std::unique_ptr<limpid::testing::TestDatabase> place_;
  std::unique_ptr<sql::Database> database_;
  Call call_;

 private:
  std::unique_ptr<sql::Database> Open() const {
    auto opened = sql::Database::Open(place_->url(), {.schema = place_->schema()});
    EXPECT_TRUE(opened.ok()) << opened.status();
    return opened.ok() ? *std::move(opened) : nullptr;
  }
};

}  // namespace limpid::verify
