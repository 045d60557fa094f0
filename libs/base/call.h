#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/base/ids.h"

namespace limpid {

/// What a caller may do. The words on the wire are those of `limpid.type.v1.Role`.
enum class Role {
  kNone,      ///< Nobody: admitted only where an RPC carries its own proof.
  kOperator,  ///< Runs the installation: tenants, and in its own tenant all that an admin may.
  kAdmin,
  kStandard,
  kReader,
  kCapture,  ///< Publishable key of a form: check, submit and as-you-type only.
  kService,  ///< One of our services, for work that no caller began.
};

/// What becomes of a call's answer: called exactly once, from any thread, never under a lock of the callee.
template <class T>
using Done = absl::AnyInvocable<void(absl::StatusOr<T>)>;

/// Who asks, for whom, and until when: the first argument of every use case.
///
/// Each hop spends what is left of the deadline and never a fresh timeout. `stop` is requested when the
/// caller has gone or no longer needs the answer. A value: copy it into a callback, do not keep a reference.
struct Call {
  SteadyTime deadline = SteadyTime::max();
  std::stop_token stop;
  std::string request_id;
  std::string traceparent;  ///< W3C trace context, as received; empty when there is none.
  TenantId tenant;          ///< Empty for a service that works for all tenants.
  Role role = Role::kNone;
  KeyId key;
  std::string language;  ///< BCP 47 primary tag (`fr`, `en`), empty for the tenant's.
  /// Set when the caller gave an idempotency key: the key, and the digest of the caller's own request.
  std::string idempotency_key;
  std::string request_digest;

  /// What is left of the deadline, never negative; `absl::InfiniteDuration()` without a deadline.
  absl::Duration Remaining(const Clock& clock = SystemClock()) const;
  bool Expired(const Clock& clock = SystemClock()) const { return Remaining(clock) <= absl::ZeroDuration(); }
  bool Stopped() const { return stop.stop_requested(); }
  /// OK, or why there is no use in going on: CANCELLED or DEADLINE_EXCEEDED.
  absl::Status Check(const Clock& clock = SystemClock()) const;
  /// A copy whose deadline is at most `budget` from now.
  Call Within(absl::Duration budget, const Clock& clock = SystemClock()) const;
};

/// The words of the roles as they stand in protos and settings: `OPERATOR`, `CAPTURE` …
std::string_view RoleName(Role role);
std::optional<Role> RoleFromName(std::string_view name);

}  // namespace limpid
