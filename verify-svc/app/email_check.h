#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"

#include "libs/base/call.h"
#include "verify-svc/domain/answer.h"
#include "verify-svc/domain/depth.h"
#include "verify-svc/domain/mail_domain.h"
#include "verify-svc/domain/policy.h"

namespace limpid::verify {

/// Addresses of one domain that are verified together, and what is known of the domain so far.
struct EmailCases {
  std::string domain;                    ///< A-labels in lower case.
  std::shared_ptr<const Policy> policy;  ///< Of the tenant who asks.
  std::optional<MailDomain> mail;        ///< What the DNS said, once it was asked.
  std::vector<EmailAnswer> answers;
};

/// A check of addresses that uses the network. Thread-safe.
class EmailCheck {
 public:
  using Finished = absl::AnyInvocable<void()>;

  virtual ~EmailCheck() = default;
  /// From which depth on it is made.
  virtual Depth depth() const = 0;
  /// Adds what it learns to the answers: reasons, flags, evidence, `depth_reached`, `retry_time`, and
  /// `expire_time` for what it knew before. An address
  /// that is UNDELIVERABLE already is left alone. Whatever goes wrong becomes a reason. `cases` lives until
  /// `finished` was called, which is at the call's deadline at the latest, on any thread; it must not block.
  virtual void Run(const Call& call, EmailCases& cases, Finished finished) = 0;
};

}  // namespace limpid::verify
