#pragma once

#include <vector>

#include "absl/status/statusor.h"

#include "gateway/app/identity_store.h"

namespace limpid::gateway {

struct KeyPage {
  std::vector<ApiKey> keys;
  bool more = false;  ///< There are keys after the last one.
};

/// Lists the keys of the caller's tenant, the newest first. Thread-safe.
class ListKeys {
 public:
  explicit ListKeys(IdentityStore& store) : store_(store) {}

  /// `after` is the last key of the page before, empty for the first page.
  absl::StatusOr<KeyPage> Run(const Call& call, const KeyId& after, int page_size);

 private:
  IdentityStore& store_;
};

}  // namespace limpid::gateway
