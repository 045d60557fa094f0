#include "gateway/identity/refusal_limiter.h"

#include <chrono>
#include <utility>

#include "gateway/identity/remote_address.h"

namespace limpid::gateway {

absl::Duration RefusalLimiter::Wait(std::string_view peer) {
  const std::string address = PeerNetwork(peer);
  const SteadyTime now = clock_.SteadyNow();
  MutexLock lock(mutex_);
  const auto it = minutes_.find(address);
  if (it == minutes_.end() || it->second.end <= now || it->second.refusals < options_.per_minute) {
    return absl::ZeroDuration();
  }
  return absl::FromChrono(it->second.end - now);
}

void RefusalLimiter::Count(std::string_view peer) {
  std::string address = PeerNetwork(peer);
  const SteadyTime now = clock_.SteadyNow();
  MutexLock lock(mutex_);
  if (minutes_.size() >= options_.max_addresses && !minutes_.contains(address)) MakeRoom(now);
  Minute& minute = minutes_[std::move(address)];
  if (minute.end <= now) minute = {.end = now + std::chrono::minutes(1)};
  ++minute.refusals;
}

void RefusalLimiter::MakeRoom(SteadyTime now) {
  absl::erase_if(minutes_, [now](const auto& entry) { return entry.second.end <= now; });
  if (minutes_.size() >= options_.max_addresses) minutes_.erase(minutes_.begin());
}

}  // namespace limpid::gateway
