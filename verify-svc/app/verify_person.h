#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "verify-svc/app/verify_email.h"
#include "verify-svc/app/verify_phone.h"

namespace limpid::verify {

/// Verifies the address and the number of one person in one call, for the gateway's capture. Computes and
/// never waits. Thread-safe.
class VerifyPerson {
 public:
  VerifyPerson(std::shared_ptr<const VerifyEmail> email, std::shared_ptr<const VerifyPhone> phone);

  absl::StatusOr<PersonAnswer> Run(const Call& call, const PersonQuery& query) const;
  /// The same at any depth, both at once.
  void Run(const Call& call, const PersonQuery& query, Done<PersonAnswer> done) const;

 private:
  const std::shared_ptr<const VerifyEmail> email_;
  const std::shared_ptr<const VerifyPhone> phone_;
};

}  // namespace limpid::verify
