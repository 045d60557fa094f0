#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "verify-svc/app/verify_email.h"

namespace limpid::verify {

/// Verifies many addresses at once. Those of one domain are asked for together, so that a batch puts one
/// question to the DNS for each domain, and to its mail servers as few as they admit. Thread-safe.
class VerifyEmails {
 public:
  /// An answer, or what is wrong with the row.
  using Row = absl::StatusOr<EmailAnswer>;

  /// `max_domains` of one batch are asked for at the same time.
  explicit VerifyEmails(std::shared_ptr<const VerifyEmail> one, std::size_t max_domains = 64);

  /// As many rows as queries, in their order. Computes FAST for all of them before it returns: not on a
  /// thread of the network. CANCELLED when nobody waits any more.
  void Run(const Call& call, const std::vector<EmailQuery>& queries, Done<std::vector<Row>> done) const;

 private:
  class Batch;

  const std::shared_ptr<const VerifyEmail> one_;
  const std::size_t max_domains_;
};

}  // namespace limpid::verify
