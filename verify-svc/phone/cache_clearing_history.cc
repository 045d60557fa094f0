#include "verify-svc/phone/cache_clearing_history.h"

#include <future>

#include "verify-svc/phone/cached_lookup.h"

namespace limpid::verify {

absl::Status CacheClearingHistory::Erase(const Call& call, const std::string& e164) {
  if (absl::Status status = next_.Erase(call, e164); !status.ok()) return status;
  std::promise<absl::Status> erased;
  cache_.Erase(CachedLookup::KeyOf(hasher_, call.tenant, e164),
               [&erased](absl::Status status) { erased.set_value(std::move(status)); });
  return erased.get_future().get();
}

}  // namespace limpid::verify
