#pragma once

#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace limpid::verify {

/// Which single-use tokens have been used, over restarts and for all replicas. Thread-safe.
class UsedTokens {
 public:
  virtual ~UsedTokens() = default;
  /// True for the first use. Kept until `expire_time`, after which the token is refused for its age.
  virtual void Use(const std::string& id, absl::Time expire_time,
                   absl::AnyInvocable<void(absl::StatusOr<bool>)> done) = 0;
};

}  // namespace limpid::verify
