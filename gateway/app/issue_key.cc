#include "gateway/app/issue_key.h"

#include <utility>

#include "libs/base/unique_id.h"

namespace limpid::gateway {

NewKey IssueKey(const TenantId& tenant, const KeyDraft& draft, SecretMint& mint, const Clock& clock,
                Random& random) {
  MintedSecret minted = mint.Mint();
  return {.issued = {.key = {.id = KeyId(NewId("k", clock, random)),
                             .tenant = tenant,
                             .display_name = draft.display_name,
                             .role = draft.role,
                             .origins = draft.origins,
                             .rate_per_minute = draft.rate_per_minute,
                             .secret_prefix = SecretPrefix(minted.secret),
                             .create_time = clock.Now()},
                     .secret = std::move(minted.secret)},
          .hash = minted.hash};
}

}  // namespace limpid::gateway
