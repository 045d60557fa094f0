#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "verify-svc/app/verify_phone.h"
#include "verify-svc/wiring_shared.h"

namespace limpid::verify {

/// What answers for phone numbers.
class PhoneParts {
 public:
  static absl::StatusOr<std::unique_ptr<PhoneParts>> Build(SharedParts& shared);

  const std::shared_ptr<const VerifyPhone>& verify() const { return verify_; }

 private:
  std::shared_ptr<const VerifyPhone> verify_;
};

}  // namespace limpid::verify
