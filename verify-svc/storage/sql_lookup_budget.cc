#include "verify-svc/storage/sql_lookup_budget.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

namespace limpid::verify {
namespace {

constexpr int kKeptDays = 31;  // For who wants to look.

std::int64_t DayOf(absl::Time time) { return absl::ToUnixSeconds(time) / (24 * 60 * 60); }

absl::StatusOr<int> Take(sql::Session& session, const TenantId& tenant, std::int64_t day, int daily,
                         int questions) {
  auto made = session.Execute(
      "INSERT INTO lookup_budgets (tenant, day, used) VALUES (?, ?, 0) ON CONFLICT (tenant, day) DO NOTHING",
      tenant.value(), day);
  if (!made.ok()) return made.status();
  if (*made > 0) {
    made = session.Execute("DELETE FROM lookup_budgets WHERE tenant = ? AND day < ?", tenant.value(),
                           day - kKeptDays);
    if (!made.ok()) return made.status();
  }
  const auto rows = session.Query("SELECT used FROM lookup_budgets WHERE tenant = ? AND day = ? {for_update}",
                                  tenant.value(), day);
  if (!rows.ok()) return rows.status();
  const std::int64_t left = daily - rows->front().Int(0);
  const int granted = static_cast<int>(std::clamp<std::int64_t>(left, 0, questions));
  if (granted == 0) return 0;
  const auto taken = session.Execute("UPDATE lookup_budgets SET used = used + ? WHERE tenant = ? AND day = ?",
                                     granted, tenant.value(), day);
  if (!taken.ok()) return taken.status();
  return granted;
}

}  // namespace

void SqlLookupBudget::Reserve(const Call& call, int daily, int questions, OnGranted granted) {
  if (daily <= 0) return granted(0);
  // Written by each run of the work, read when the last of them is on disk.
  const auto taken = std::make_shared<int>(0);
  database_.Write(
      call,
      [tenant = call.tenant, day = DayOf(clock_.Now()), daily, questions, taken](sql::Session& session) {
        const absl::StatusOr<int> count = Take(session, tenant, day, daily, questions);
        *taken = count.value_or(0);
        return count.status();
      },
      [taken, granted = std::move(granted)](absl::Status status) mutable {
        if (!status.ok()) return granted(std::move(status));
        granted(*taken);
      });
}

void SqlLookupBudget::Release(const Call& call, int questions, OnReleased released) {
  database_.Write(
      Call(),
      [tenant = call.tenant, day = DayOf(clock_.Now()), questions](sql::Session& session) {
        return session
            .Execute("UPDATE lookup_budgets SET used = used - ? WHERE tenant = ? AND day = ? AND used >= ?",
                     questions, tenant.value(), day, questions)
            .status();
      },
      // What cannot be given back today is a question less, not money.
      [released = std::move(released)](const absl::Status&) mutable { released(); });
}

}  // namespace limpid::verify
