#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/quality/phone/typing/typed_entry.h"
#include "verify-svc/app/fast_rules.h"
#include "verify-svc/domain/query.h"

namespace limpid::verify {

/// Groups the digits of a field while somebody types into it. Computes in about a microsecond, remembers
/// nothing. Thread-safe.
class FormatPhone {
 public:
  /// `default_region` is assumed where a query names none.
  FormatPhone(std::shared_ptr<const RulesInForce> rules, std::string default_region);

  /// INVALID_ARGUMENT for a query that cannot be; never for what was typed.
  absl::StatusOr<quality::TypedEntry> Run(const Call& call, const TypingQuery& query) const;

 private:
  const std::shared_ptr<const RulesInForce> rules_;
  const std::string default_region_;
};

}  // namespace limpid::verify
