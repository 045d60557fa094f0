#pragma once

#include "gateway/app/issued_key.h"
#include "gateway/app/secret_mint.h"
#include "gateway/domain/secret_hash.h"
#include "libs/base/clock.h"
#include "libs/base/random.h"

namespace limpid::gateway {

/// A key that is about to be stored.
struct NewKey {
  IssuedKey issued;
  SecretHash hash;
};

/// Makes a key from a draft that was found right.
NewKey IssueKey(const TenantId& tenant, const KeyDraft& draft, SecretMint& mint, const Clock& clock,
                Random& random);

}  // namespace limpid::gateway
