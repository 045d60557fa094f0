#include "gateway/app/create_key.h"

#include <utility>

#include "gateway/app/issue_key.h"

namespace limpid::gateway {

absl::StatusOr<IssuedKey> CreateKey::Run(const Call& call, const KeyDraft& draft) {
  if (absl::Status status = CheckKeyDraft(draft); !status.ok()) return status;
  if (absl::Status status = CheckMayManage(call.role, draft.role); !status.ok()) return status;
  const NewKey made = IssueKey(call.tenant, draft, mint_, clock_, random_);
  return writes_.Run<IssuedKey>(call, [&](IdentityTransaction& transaction) -> absl::StatusOr<IssuedKey> {
    if (absl::Status status = transaction.InsertKey(made.issued.key, made.hash); !status.ok()) return status;
    return made.issued;
  });
}

}  // namespace limpid::gateway
