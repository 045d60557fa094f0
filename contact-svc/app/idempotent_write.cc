#include "contact-svc/app/idempotent_write.h"

#include <utility>

#include "contact-svc/app/parts.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::contact {
namespace {

constexpr absl::Duration kKept = absl::Hours(24);

}  // namespace

absl::StatusOr<std::optional<KeptAnswer>> AnswerKept(ContactReader& reader, const Call& call,
                                                     std::string_view operation, absl::Time now) {
  if (call.idempotency_key.empty()) return std::nullopt;
  absl::StatusOr<std::optional<KeptAnswer>> kept = reader.FindAnswer(call.idempotency_key, now);
  if (!kept.ok() || !kept->has_value()) return kept;
  if ((*kept)->operation != operation || (*kept)->digest != call.request_digest) {
    return MakeError(absl::StatusCode::kInvalidArgument, reason::kIdempotencyKeyReused,
                     "The idempotency key was used for another request.");
  }
  return kept;
}

absl::StatusOr<KeptAnswer> WriteOnce(ContactStore& store, const Clock& clock, const Call& call,
                                     std::string_view operation, std::span<const MatchKey> keys,
                                     absl::FunctionRef<absl::StatusOr<KeptAnswer>(ContactWriter&)> work) {
  KeptAnswer answer;
  const absl::Status status = store.Write(call, [&](ContactWriter& writer) {
    if (absl::Status locked = writer.Lock(keys, call.idempotency_key); !locked.ok()) return locked;
    const absl::Time now = Now(clock);
    absl::StatusOr<std::optional<KeptAnswer>> kept = AnswerKept(writer, call, operation, now);
    if (!kept.ok()) return kept.status();
    if (kept->has_value()) {
      answer = **std::move(kept);
      return absl::OkStatus();
    }
    absl::StatusOr<KeptAnswer> made = work(writer);
    if (!made.ok()) return made.status();
    answer = *std::move(made);
    if (call.idempotency_key.empty()) return absl::OkStatus();
    answer.operation = operation;
    answer.digest = call.request_digest;
    return writer.KeepAnswer(call.idempotency_key, answer, now + kKept);
  });
  if (!status.ok()) return status;
  return answer;
}

}  // namespace limpid::contact
