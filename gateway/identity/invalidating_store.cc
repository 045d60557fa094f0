#include "gateway/identity/invalidating_store.h"

namespace limpid::gateway {

absl::Status InvalidatingStore::Write(const Call& call,
                                      absl::FunctionRef<absl::Status(IdentityTransaction&)> work) {
  absl::Status status = store_.Write(call, work);
  // Also after a failure: a write whose answer was lost may be on disk.
  cache_.Clear();
  return status;
}

}  // namespace limpid::gateway
