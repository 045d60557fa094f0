#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "libs/http/address_guard.h"
#include "libs/redis/quota.h"
#include "verify-svc/email/smtp/smtp_callout.h"
#include "verify-svc/wiring_shared.h"

namespace limpid::verify {

/// What asks mail servers.
class SmtpParts {
 public:
  static absl::StatusOr<std::unique_ptr<SmtpParts>> Build(SharedParts& shared,
                                                          const http::AddressGuard& guard);

  SmtpCallout& callout() { return *callout_; }

 private:
  std::unique_ptr<redis::SharedTokenBucket> rate_;
  std::unique_ptr<SmtpCallout> callout_;
};

}  // namespace limpid::verify
