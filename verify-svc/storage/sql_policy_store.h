#pragma once

#include "libs/sql/database.h"
#include "verify-svc/app/policy_store.h"

namespace limpid::verify {

/// The policies in SQLite or PostgreSQL.
class SqlPolicyStore final : public PolicyStore {
 public:
  /// The tables are those of schema.h.
  explicit SqlPolicyStore(sql::Database& database) : database_(database) {}

  absl::StatusOr<Policy> Get(const Call& call) override;
  absl::StatusOr<Policy> Change(const Call& call, absl::Time now,
                                absl::FunctionRef<absl::Status(Policy&)> change) override;
  absl::StatusOr<std::vector<Stored>> ChangedAfter(const Call& call, int64_t version, int limit) override;

 private:
  sql::Database& database_;
};

}  // namespace limpid::verify
