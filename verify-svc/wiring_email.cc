#include "verify-svc/wiring_email.h"

namespace limpid::verify {

absl::StatusOr<std::unique_ptr<EmailParts>> EmailParts::Build(SharedParts& shared) {
  auto parts = std::make_unique<EmailParts>();
  parts->verify_ = std::make_shared<const VerifyEmail>(shared.rules, shared.clock);
  return parts;
}

}  // namespace limpid::verify
