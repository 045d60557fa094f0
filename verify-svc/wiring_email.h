#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "verify-svc/app/verify_email.h"
#include "verify-svc/wiring_shared.h"

namespace limpid::verify {

/// What answers for e-mail addresses.
class EmailParts {
 public:
  static absl::StatusOr<std::unique_ptr<EmailParts>> Build(SharedParts& shared);

  const std::shared_ptr<const VerifyEmail>& verify() const { return verify_; }

 private:
  std::shared_ptr<const VerifyEmail> verify_;
};

}  // namespace limpid::verify
