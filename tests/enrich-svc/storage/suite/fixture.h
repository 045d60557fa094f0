#pragma once

#include <memory>
#include <string>
#include <utility>

#include <gmock/gmock.h>

#include "enrich-svc/storage/schema.h"
#include "enrich-svc/storage/sql_run_store.h"
#include "enrich-svc/storage/sql_scenario_store.h"
#include "libs/sql/database.h"
#include "libs/sql/migration.h"
#include "libs/testing/database.h"

namespace limpid::enrich {

/// Both stores over a fresh database of the kind that the binary is linked for.
class StorageTest : public ::testing::Test {
 protected:
  StorageTest() : place_(limpid::testing::FreshDatabase()) {
    auto opened = sql::Database::Open(place_->url(), {.schema = place_->schema()});
    EXPECT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
    EXPECT_EQ(sql::Migrate(*database_, {}, Migrations()), absl::OkStatus());
    runs_ = std::make_unique<SqlRunStore>(*database_);
    scenarios_ = std::make_unique<SqlScenarioStore>(*database_);
    call_.tenant = TenantId("acme");
  }

  enrich::Run NewRun(std::string id, std::string contact = "c1",
                     absl::Duration after = absl::ZeroDuration()) {
    return {.tenant = TenantId("acme"),
            .id = RunId(std::move(id)),
            .scenario = ScenarioId("fill-empty-on-create"),
            .contact = ContactId(std::move(contact)),
            .create_time = now_ + after};
  }
  WatchLease LeaseOf(std::string_view replica, absl::Duration at = absl::ZeroDuration()) {
    return {.replica = replica, .now = now_ + at, .until = now_ + at + absl::Seconds(15)};
  }
  /// Records runs as the replica `r1`, at `now_`.
  void Record(const std::vector<enrich::Run>& runs, std::string_view cursor = "1") {
    EXPECT_THAT(runs_->TakeWatch(call_, LeaseOf("r1")),
                ::testing::Truly([](const auto& taken) { return taken.ok() && *taken; }));
    EXPECT_EQ(runs_->Record(call_, LeaseOf("r1"), cursor, runs), absl::OkStatus());
  }
  std::vector<enrich::Run> Lease(absl::Duration at = absl::ZeroDuration(), int limit = 10) {
    auto leased = runs_->Lease(call_, now_ + at, now_ + at + absl::Minutes(1), limit);
    EXPECT_TRUE(leased.ok()) << leased.status();
    return leased.ok() ? *std::move(leased) : std::vector<enrich::Run>();
  }

  const absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  const std::unique_ptr<limpid::testing::TestDatabase> place_;
  std::unique_ptr<sql::Database> database_;
  std::unique_ptr<SqlRunStore> runs_;
  std::unique_ptr<SqlScenarioStore> scenarios_;
  Call call_;
};

}  // namespace limpid::enrich
