#include "libs/base/call.h"

#include <algorithm>
#include <array>
#include <utility>

#include "libs/base/error.h"

namespace limpid {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 7> kRoles = {{{Role::kNone, "ANYONE"},
                                                                      {Role::kOperator, "OPERATOR"},
                                                                      {Role::kAdmin, "ADMIN"},
                                                                      {Role::kStandard, "STANDARD"},
                                                                      {Role::kReader, "READER"},
                                                                      {Role::kCapture, "CAPTURE"},
                                                                      {Role::kService, "SERVICE"}}};

}  // namespace

absl::Duration Call::Remaining(const Clock& clock) const {
  if (deadline == SteadyTime::max()) return absl::InfiniteDuration();
  return std::max(absl::FromChrono(deadline - clock.SteadyNow()), absl::ZeroDuration());
}

absl::Status Call::Check(const Clock& clock) const {
  if (Stopped()) return Cancelled();
  if (Expired(clock)) return DeadlineExceeded();
  return absl::OkStatus();
}

Call Call::Within(absl::Duration budget, const Clock& clock) const {
  Call result = *this;
  if (budget < Remaining(clock)) {
    result.deadline = clock.SteadyNow() + absl::ToChronoNanoseconds(std::max(budget, absl::ZeroDuration()));
  }
  return result;
}

std::string_view RoleName(Role role) {
  for (const auto& [candidate, name] : kRoles) {
    if (candidate == role) return name;
  }
  return "ANYONE";
}

std::optional<Role> RoleFromName(std::string_view name) {
  for (const auto& [role, candidate] : kRoles) {
    if (candidate == name) return role;
  }
  return std::nullopt;
}

}  // namespace limpid
