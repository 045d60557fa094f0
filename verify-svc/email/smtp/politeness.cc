#include "verify-svc/email/smtp/politeness.h"

#include <algorithm>

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

// A session's worth may go at once.
constexpr int kBurst = ProviderQuirk::kMostRecipients;

}  // namespace

Politeness::Politeness(Limits limits, redis::SharedTokenBucket& rate, const Clock& clock)
    : limits_(limits), rate_(rate), clock_(clock) {}

int Politeness::Connections(const ProviderQuirk& quirk) const {
  return std::min(limits_.connections, quirk.connections.value_or(limits_.connections));
}

bool Politeness::Enter(const std::string& provider, const ProviderQuirk& quirk) {
  if (sockets_ >= limits_.sockets) return false;
  const auto found = sessions_.find(provider);
  if (found != sessions_.end() && found->second >= Connections(quirk)) return false;
  ++sessions_[provider];
  ++sockets_;
  return true;
}

void Politeness::Leave(const std::string& provider) {
  --sockets_;
  const auto found = sessions_.find(provider);
  if (--found->second == 0) sessions_.erase(found);
}

absl::Duration Politeness::Ask(std::string_view provider, const ProviderQuirk& quirk) {
  const int per_minute = std::min(limits_.per_minute, quirk.per_minute.value_or(limits_.per_minute));
  return rate_.TryAcquire(StrCat("smtp:", provider), per_minute, std::min(kBurst, per_minute));
}

absl::Duration Politeness::Interval(const ProviderQuirk& quirk) const {
  return absl::Minutes(1) / std::min(limits_.per_minute, quirk.per_minute.value_or(limits_.per_minute));
}

int Politeness::blocked() {
  absl::erase_if(blocked_, [now = clock_.SteadyNow()](const auto& entry) { return entry.second <= now; });
  return static_cast<int>(blocked_.size());
}

void Politeness::Block(const std::string& provider, SteadyTime until) {
  SteadyTime& end = blocked_[provider];
  end = std::max(end, until);
}

absl::Duration Politeness::BlockedFor(const std::string& provider) {
  const auto found = blocked_.find(provider);
  if (found == blocked_.end()) return absl::ZeroDuration();
  const absl::Duration left = absl::FromChrono(found->second - clock_.SteadyNow());
  if (left > absl::ZeroDuration()) return left;
  blocked_.erase(found);
  return absl::ZeroDuration();
}

}  // namespace limpid::verify
