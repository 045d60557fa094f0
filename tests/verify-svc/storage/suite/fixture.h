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
  StorageTest() : place_(limpid::testing::FreshDatabase()), database_(OpenAgain()) {
    EXPECT_EQ(sql::Migrate(*database_, {}, Migrations()), absl::OkStatus());
    call_.tenant = TenantId("acme");
  }

  /// The same database as another replica opens it.
  std::unique_ptr<sql::Database> OpenAgain() const {
    auto opened = sql::Database::Open(place_->url(), {.schema = place_->schema()});
    EXPECT_TRUE(opened.ok()) << opened.status();
    return opened.ok() ? *std::move(opened) : nullptr;
  }

  const absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  const std::unique_ptr<limpid::testing::TestDatabase> place_;
  const std::unique_ptr<sql::Database> database_;
  Call call_;
};

}  // namespace limpid::verify
