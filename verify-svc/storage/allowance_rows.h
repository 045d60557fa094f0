#pragma once

#include <span>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "libs/sql/session.h"
#include "verify-svc/domain/allowance.h"

/// The table of what was used of allowances, within somebody's transaction.
namespace limpid::verify {

/// Takes one of each, or fails: RESOURCE_EXHAUSTED with the reason of one that is spent and the time until
/// its window ends. The transaction must then end.
absl::Status TakeAllowances(sql::Session& session, std::span<const Allowance> allowances, absl::Time now);
/// Gives back one of each that was taken at `taken`.
absl::Status GiveBackAllowances(sql::Session& session, std::span<const Allowance> allowances,
                                absl::Time taken);
/// Fails as TakeAllowances when it is spent; takes nothing.
absl::Status CheckAllowance(sql::Session& session, const Allowance& allowance, absl::Time now);
/// Takes one whether there is one or not.
absl::Status CountAllowance(sql::Session& session, const Allowance& allowance, absl::Time now);

}  // namespace limpid::verify
