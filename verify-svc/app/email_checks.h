#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/functional/any_invocable.h"

#include "verify-svc/app/email_check.h"

namespace limpid::verify {

/// Whether the network can add to what is known: not to what is UNDELIVERABLE by its syntax or reserved, nor
/// to an address literal, which has no domain.
bool NeedsNetwork(const quality::EmailVerdict& verdict);

/// The checks that use the network, one after the other: each may end what those behind it would ask.
/// Thread-safe; must outlive what it runs.
class EmailChecks {
 public:
  using OnChecked = absl::AnyInvocable<void(EmailCases)>;

  EmailChecks() = default;
  explicit EmailChecks(std::vector<std::unique_ptr<EmailCheck>> checks) : checks_(std::move(checks)) {}

  /// The deepest depth that any check offers.
  Depth offered() const;
  /// Runs those of `depth` and above it, judges the verdicts again and says how long they hold. Stops early
  /// when nobody waits any more.
  void Run(const Call& call, Depth depth, EmailCases cases, OnChecked on_checked) const;

 private:
  struct Round;
  void Go(std::shared_ptr<Round> round) const;

  std::vector<std::unique_ptr<EmailCheck>> checks_;
};

}  // namespace limpid::verify
