#include "verify-svc/storage/allowance_rows.h"

#include <algorithm>
#include <vector>

#include "libs/base/error.h"

namespace limpid::verify {
namespace {

// In one order everywhere, so that two transactions cannot wait for each other.
std::vector<const Allowance*> InOrder(std::span<const Allowance> allowances) {
  std::vector<const Allowance*> sorted;
  sorted.reserve(allowances.size());
  for (const Allowance& allowance : allowances) sorted.push_back(&allowance);
  std::ranges::sort(sorted, {}, &Allowance::scope);
  return sorted;
}

absl::Status Spent(const Allowance& allowance, absl::Time now) {
  return WithRetryAfter(MakeError(absl::StatusCode::kResourceExhausted, allowance.reason,
                                  "As many were made as there may be for now: wait for the time given."),
                        WindowStart(allowance, now) + allowance.window - now);
}

}  // namespace

absl::Status TakeAllowances(sql::Session& session, std::span<const Allowance> allowances, absl::Time now) {
  for (const Allowance* allowance : InOrder(allowances)) {
    if (allowance->limit <= 0) return Spent(*allowance, now);
    const absl::StatusOr<int64_t> taken = session.Execute(
        "INSERT INTO allowances (scope, window_start, used) VALUES (?, ?, 1) "
        "ON CONFLICT (scope, window_start) DO UPDATE SET used = allowances.used + 1 "
        "WHERE allowances.used < ?",
        allowance->scope, WindowStart(*allowance, now), allowance->limit);
    if (!taken.ok()) return taken.status();
    if (*taken == 0) return Spent(*allowance, now);
  }
  return absl::OkStatus();
}

absl::Status GiveBackAllowances(sql::Session& session, std::span<const Allowance> allowances,
                                absl::Time taken) {
  for (const Allowance* allowance : InOrder(allowances)) {
    const absl::StatusOr<int64_t> given = session.Execute(
        "UPDATE allowances SET used = used - 1 WHERE scope = ? AND window_start = ? AND used > 0",
        allowance->scope, WindowStart(*allowance, taken));
    if (!given.ok()) return given.status();
  }
  return absl::OkStatus();
}

absl::Status CheckAllowance(sql::Session& session, const Allowance& allowance, absl::Time now) {
  const absl::StatusOr<sql::Rows> rows =
      session.Query("SELECT used FROM allowances WHERE scope = ? AND window_start = ?", allowance.scope,
                    WindowStart(allowance, now));
  if (!rows.ok()) return rows.status();
  const int64_t used = rows->empty() ? 0 : rows->front().Int(0);
  return used < allowance.limit ? absl::OkStatus() : Spent(allowance, now);
}

absl::Status CountAllowance(sql::Session& session, const Allowance& allowance, absl::Time now) {
  return session
      .Execute(
          "INSERT INTO allowances (scope, window_start, used) VALUES (?, ?, 1) "
          "ON CONFLICT (scope, window_start) DO UPDATE SET used = allowances.used + 1",
          allowance.scope, WindowStart(allowance, now))
      .status();
}

}  // namespace limpid::verify
