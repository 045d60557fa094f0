#pragma once

#include <span>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"

#include "contact-svc/app/contact_store.h"
#include "libs/base/call.h"
#include "libs/base/clock.h"

namespace limpid::contact {

/// Runs a write at most once under the call's idempotency key: a repeat gets the answer of the first, kept in
/// the transaction of the write for 24 hours. A failure is not kept. Without a key, just a write.
///
/// `keys` are those whose holders the work decides about; it runs while no other write holds them.
/// INVALID_ARGUMENT (IDEMPOTENCY_KEY_REUSED) when the key stands for another request.
absl::StatusOr<KeptAnswer> WriteOnce(ContactStore& store, const Clock& clock, const Call& call,
                                     std::string_view operation, std::span<const MatchKey> keys,
                                     absl::FunctionRef<absl::StatusOr<KeptAnswer>(ContactWriter&)> work);

/// The kept answer, if it is one to this request: absent when none is kept, INVALID_ARGUMENT as above.
absl::StatusOr<std::optional<KeptAnswer>> AnswerKept(ContactReader& reader, const Call& call,
                                                     std::string_view operation, absl::Time now);

}  // namespace limpid::contact
