#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "libs/base/ids.h"

namespace limpid::gateway {

/// Seals the answers that are kept for repeats under an idempotency key.
///
/// An answer may hold a key's secret, which must not lie in the database. It is sealed under the idempotency
/// key itself, which only the caller has: nothing that is stored opens it. Thread-safe.
class AnswerSeal {
 public:
  /// What an idempotency key stands for.
  struct Lock {
    std::string id;  ///< Under which the answer is found; tells nothing of the key.
    std::string sealing_key;
  };

  virtual ~AnswerSeal() = default;
  /// Slow on purpose (tens of milliseconds), so that a short idempotency key is not found by trying.
  virtual absl::StatusOr<Lock> Derive(const TenantId& tenant, std::string_view idempotency_key) = 0;
  virtual absl::StatusOr<std::string> Seal(const Lock& lock, std::string_view answer) = 0;
  /// DATA_LOSS for what was not sealed by this lock.
  virtual absl::StatusOr<std::string> Open(const Lock& lock, std::string_view sealed) = 0;
};

}  // namespace limpid::gateway
