#pragma once

#include <string>

#include "absl/status/status.h"

#include "gateway/app/identity_store.h"
#include "gateway/app/secret_mint.h"
#include "libs/base/clock.h"
#include "libs/base/random.h"

namespace limpid::gateway {

struct BootstrapOptions {
  /// An operator's key that is accepted from the first start; empty: one is made when no operator has any.
  std::string bootstrap_key;
  /// Where the key that was made is written: `<state_dir>/admin.key`, readable by its owner only.
  std::string state_dir;
};

/// Makes sure, before the doors open, that the tenant `default` exists and that an operator can get in.
///
/// Safe to run at each start, by several gateways at once, and after a start that ended half way: a key file
/// whose key was not stored yet is taken up again, and a bootstrap key that was revoked stays revoked.
/// INVALID_ARGUMENT for a bootstrap key that is none; UNAVAILABLE when the file cannot be written.
absl::Status Bootstrap(const BootstrapOptions& options, IdentityStore& store, SecretMint& mint,
                       const Clock& clock, Random& random);

}  // namespace limpid::gateway
