#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "gateway/app/answer_seal.h"
#include "gateway/app/identity_store.h"
#include "gateway/app/issued_key.h"
#include "libs/base/call.h"
#include "libs/base/clock.h"

namespace limpid::gateway {

/// How long an answer is given again.
inline constexpr absl::Duration kAnswerLifetime = absl::Hours(24);

/// Answers as bytes and back; what was written by another version and cannot be read is DATA_LOSS.
std::string EncodeAnswer(const IssuedKey& answer);
std::string EncodeAnswer(const IssuedTenant& answer);
absl::Status DecodeAnswer(std::string_view bytes, IssuedKey& answer);
absl::Status DecodeAnswer(std::string_view bytes, IssuedTenant& answer);

/// Writes once for each idempotency key: a repeat within 24 hours gets the first answer, secret included, and
/// writes nothing; the same key with another request is refused with IDEMPOTENCY_KEY_REUSED. Answer and write
/// are one transaction. A call without an idempotency key just writes. Thread-safe.
class RememberedWrite {
 public:
  RememberedWrite(IdentityStore& store, AnswerSeal& seal, const Clock& clock)
      : store_(store), seal_(seal), clock_(clock) {}

  /// `work` may run more than once; its last answer counts.
  template <class Answer>
  absl::StatusOr<Answer> Run(const Call& call,
                             absl::FunctionRef<absl::StatusOr<Answer>(IdentityTransaction&)> work) {
    Answer answer;
    const absl::Status status = RunBytes(
        call,
        [&](IdentityTransaction& transaction) -> absl::StatusOr<std::string> {
          absl::StatusOr<Answer> made = work(transaction);
          if (!made.ok()) return made.status();
          answer = *std::move(made);
          return EncodeAnswer(answer);
        },
        [&](std::string_view bytes) { return DecodeAnswer(bytes, answer); });
    if (!status.ok()) return status;
    return answer;
  }

 private:
  absl::Status RunBytes(const Call& call,
                        absl::FunctionRef<absl::StatusOr<std::string>(IdentityTransaction&)> work,
                        absl::FunctionRef<absl::Status(std::string_view)> repeat);

  IdentityStore& store_;
  AnswerSeal& seal_;
  const Clock& clock_;
};

}  // namespace limpid::gateway
