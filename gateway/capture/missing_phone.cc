#include "gateway/capture/missing_phone.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace limpid::gateway {
namespace {

using type::v1::Depth;
using type::v1::PhoneStatus;
using verify::v1::PhoneType;
using verify::v1::PhoneVerdict;
using verify::v1::Reachability;

struct Why {
  std::string_view of_verdict;
  std::string_view of_part;
};
constexpr std::array kWhy = {
    Why{"COUNTRY_NOT_ALLOWED", "NOT_ALLOWED"},      Why{"BUDGET_SPENT", "BUDGET_SPENT"},
    Why{"PROVIDER_TIMEOUT", "BUDGET_SPENT"},        Why{"PROVIDER_BUSY", "SERVICE_UNAVAILABLE"},
    Why{"PROVIDER_REFUSED", "SERVICE_UNAVAILABLE"}, Why{"NO_COVERAGE", "DEPTH_NOT_OFFERED"},
};

bool HasNetwork(const PhoneVerdict& verdict) {
  return verdict.type() == PhoneType::MOBILE || verdict.type() == PhoneType::FIXED_LINE_OR_MOBILE;
}

}  // namespace

std::optional<MissingPart> MissingPhonePart(Depth::Value wanted, Depth::Value offered,
                                            const PhoneVerdict& verdict) {
  if (wanted != Depth::DEEP || verdict.status() == PhoneStatus::INVALID || !HasNetwork(verdict))
    return std::nullopt;
  const auto found = std::ranges::find_if(kWhy, [&](const Why& why) {
    return std::ranges::find(verdict.reasons(), why.of_verdict) != verdict.reasons().end();
  });
  if (found != kWhy.end()) return MissingPart{"PHONE_NETWORK", found->of_part};
  if (offered < Depth::DEEP) return MissingPart{"PHONE_NETWORK", "DEPTH_NOT_OFFERED"};
  // Who asked nobody says neither what is known nor why it is not: the tenant's policy names no provider.
  if (verdict.reachability() == Reachability::NOT_CHECKED && verdict.sources().empty()) {
    return MissingPart{"PHONE_NETWORK", "NOT_ALLOWED"};
  }
  return std::nullopt;
}

}  // namespace limpid::gateway
