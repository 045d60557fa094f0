#pragma once

#include "libs/sql/database.h"
#include "verify-svc/app/challenge_store.h"

namespace limpid::verify {

/// The challenges in SQLite or PostgreSQL.
class SqlChallengeStore final : public ChallengeStore {
 public:
  /// The tables are those of schema.h.
  explicit SqlChallengeStore(sql::Database& database) : database_(database) {}

  absl::StatusOr<Inserted> Insert(const Call& call, const Challenge& challenge, std::string_view prefix_tag,
                                  std::span<const Allowance> allowances, absl::Time busy_until) override;
  absl::Status Settle(const Call& call, const ChallengeId& id) override;
  absl::Status Remove(const Call& call, const Challenge& challenge,
                      std::span<const Allowance> allowances) override;
  absl::StatusOr<Challenge> Get(const Call& call, const ChallengeId& id) override;
  absl::StatusOr<Challenge> Change(
      const Call& call, absl::Time now, const ChallengeId& id,
      absl::FunctionRef<absl::StatusOr<std::vector<Allowance>>(Challenge&)> change) override;
  absl::StatusOr<Challenge> GiveBack(const Call& call, const ChallengeId& id, absl::Time taken,
                                     std::span<const Allowance> allowances,
                                     absl::FunctionRef<void(Challenge&)> change) override;
  absl::Status Try(const Call& call, absl::Time now, const ChallengeId& id, const Allowance& refusals,
                   absl::FunctionRef<TryResult(Challenge*)> decide) override;
  absl::Status TryLink(const Call& call, absl::Time now, std::string_view link_hash,
                       const Allowance& refusals, absl::FunctionRef<TryResult(Challenge*)> decide) override;
  absl::StatusOr<Conversion> ConversionOf(const Call& call, const ConversionQuery& query) override;
  absl::StatusOr<int64_t> DeleteExpired(const Call& call, absl::Time before, int limit) override;
  absl::Status DeleteWindows(const Call& call, absl::Time before) override;

 private:
  sql::Database& database_;
};

}  // namespace limpid::verify
