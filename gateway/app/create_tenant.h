#pragma once

#include "absl/status/statusor.h"

#include "gateway/app/remembered_answer.h"
#include "gateway/app/secret_mint.h"
#include "libs/base/random.h"

namespace limpid::gateway {

/// All violations of a new tenant, with the paths of CreateTenantRequest.
absl::Status CheckNewTenant(const TenantId& id, const TenantChange& settings);

/// Makes a tenant and its first key, of role ADMIN. INVALID_ARGUMENT with all violations, ALREADY_EXISTS when
/// the id is taken. Thread-safe.
class CreateTenant {
 public:
  CreateTenant(RememberedWrite& writes, SecretMint& mint, const Clock& clock, Random& random)
      : writes_(writes), mint_(mint), clock_(clock), random_(random) {}

  absl::StatusOr<IssuedTenant> Run(const Call& call, const TenantId& id, const TenantChange& settings);

 private:
  RememberedWrite& writes_;
  SecretMint& mint_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace limpid::gateway
