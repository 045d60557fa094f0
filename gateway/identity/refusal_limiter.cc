#include "gateway/identity/refusal_limiter.h"

#include <utility>

#include "gateway/identity/remote_address.h"

namespace limpid::gateway {

absl::Duration RefusalLimiter::Wait(std::string_view peer) {
  const std::string address = PeerNetwork(peer);
  MutexLock lock(mutex_);
  const auto it = buckets_.find(address);
  return it == buckets_.end() ? absl::ZeroDuration() : it->second->WaitFor(clock_.SteadyNow());
}

void RefusalLimiter::Count(std::string_view peer) {
  std::string address = PeerNetwork(peer);
  const SteadyTime now = clock_.SteadyNow();
  MutexLock lock(mutex_);
  auto it = buckets_.find(address);
  if (it == buckets_.end()) {
    if (buckets_.size() >= options_.max_addresses) MakeRoom(now);
    it = buckets_
             .emplace(std::move(address),
                      std::make_unique<TokenBucket>(options_.per_minute, options_.per_minute))
             .first;
  }
  it->second->TryAcquire(now);
}

void RefusalLimiter::MakeRoom(SteadyTime now) {
  absl::erase_if(buckets_,
                 [now](const auto& entry) { return entry.second->UntilFull(now) <= absl::ZeroDuration(); });
  if (buckets_.size() >= options_.max_addresses) buckets_.erase(buckets_.begin());
}

}  // namespace limpid::gateway
