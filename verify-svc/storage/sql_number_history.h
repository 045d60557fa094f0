#pragma once

#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/base/executor.h"
#include "libs/redis/key_hasher.h"
#include "libs/sql/database.h"
#include "verify-svc/app/number_history.h"

namespace limpid::verify {

/// The history in SQLite or PostgreSQL. Numbers stand in it as HMACs under the key of `hasher`, which must
/// stay the same for the history to be found again. Reads run on `executor`.
class SqlNumberHistory final : public NumberHistory {
 public:
  struct Options {
    absl::Duration retention = absl::Hours(24 * 400);  ///< After a number was last asked about.
  };

  /// The tables are those of schema.h; all must outlive it and every question.
  SqlNumberHistory(Options options, sql::Database& database, Executor& executor,
                   const redis::KeyHasher& hasher, const Clock& clock = SystemClock())
      : options_(options), database_(database), executor_(executor), hasher_(hasher), clock_(clock) {}

  void Recall(const Call& call, std::vector<std::string> e164, OnRecalled recalled) override;
  void Keep(const Call& call, std::vector<std::pair<std::string, NumberFacts>> facts) override;
  absl::StatusOr<std::vector<Entry>> List(const Call& call, const std::string& e164) override;
  absl::Status Erase(const Call& call, const std::string& e164) override;

 private:
  std::string KeyOf(const TenantId& tenant, std::string_view e164) const;
  absl::StatusOr<std::vector<std::optional<NumberFacts>>> Read(const Call& call,
                                                               const std::vector<std::string>& e164);

  const Options options_;
  sql::Database& database_;
  Executor& executor_;
  const redis::KeyHasher& hasher_;
  const Clock& clock_;
};

}  // namespace limpid::verify
