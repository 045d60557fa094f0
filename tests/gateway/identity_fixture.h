#pragma once

#include <memory>
#include <string>

#include <gmock/gmock.h>

#include "gateway/app/create_key.h"
#include "gateway/app/create_tenant.h"
#include "gateway/app/remembered_answer.h"
#include "gateway/identity/scrypt_answer_seal.h"
#include "gateway/identity/sha256_secret_mint.h"
#include "gateway/storage/migrations.h"
#include "gateway/storage/sql_identity_store.h"
#include "libs/base/random.h"
#include "libs/sql/database.h"
#include "libs/sql/migration.h"
#include "libs/testing/database.h"
#include "libs/testing/fake_clock.h"

namespace limpid::gateway {

/// Keys and tenants in a fresh database of the kind that the binary is linked for, with a tenant `acme`.
class IdentityTest : public ::testing::Test {
 protected:
  IdentityTest() {
    auto opened = sql::Database::Open(place_->url(), {.schema = place_->schema()});
    EXPECT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
    EXPECT_EQ(sql::Migrate(*database_, Call{}, Migrations()), absl::OkStatus());
    store_ = std::make_unique<SqlIdentityStore>(*database_);
    call_.tenant = TenantId("acme");
    call_.role = Role::kAdmin;
    EXPECT_EQ(
        store_->Write(
            call_,
            [&](IdentityTransaction& transaction) {
              return transaction.InsertTenant({.id = call_.tenant, .create_time = clock_.Now()}).status();
            }),
        absl::OkStatus());
  }

  RememberedWrite Writes() { return RememberedWrite(*store_, seal_, clock_); }

  IssuedKey NewKey(const KeyDraft& draft = {.role = Role::kStandard}) {
    RememberedWrite writes = Writes();
    auto key = CreateKey(writes, mint_, clock_, random_).Run(call_, draft);
    EXPECT_TRUE(key.ok()) << key.status();
    return *std::move(key);
  }

  const std::unique_ptr<limpid::testing::TestDatabase> place_ = limpid::testing::FreshDatabase();
  limpid::testing::FakeClock clock_;
  Random& random_ = SecureRandom();
  Sha256SecretMint mint_{random_};
  ScryptAnswerSeal seal_{random_};
  std::unique_ptr<sql::Database> database_;
  std::unique_ptr<SqlIdentityStore> store_;
  Call call_;
};

}  // namespace limpid::gateway
