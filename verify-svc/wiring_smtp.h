#pragma once

#include <memory>
#include <string>

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
  /// What we say to mail servers that we are.
  const std::string& own_name() const { return own_name_; }

 private:
  std::string own_name_;
  std::unique_ptr<redis::SharedTokenBucket> rate_;
  std::unique_ptr<SmtpCallout> callout_;
};

}  // namespace limpid::verify
