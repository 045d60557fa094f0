#pragma once

#include <memory>
#include <string_view>

#include "libs/quality/email/known_domains.h"
#include "libs/quality/email/verdict.h"
#include "libs/quality/quality_data.h"

namespace limpid::quality {

/// What one tenant wants otherwise than the rest.
struct EmailOptions {
  /// Quoted local parts and address literals are no faults of syntax.
  bool admit_quoted = false;
  /// Searched for slips beside the public providers; may be null.
  const KnownDomains* known_domains = nullptr;
};

/// Judges an address without the network: syntax, normal form, lists, typos. Any input gets a verdict, at any
/// length and in any bytes. Takes no lock; thread-safe. Make a new one when the data is reloaded.
class EmailRules {
 public:
  explicit EmailRules(std::shared_ptr<const QualityData> data);
  EmailVerdict Verify(std::string_view input, const EmailOptions& options = {}) const;

 private:
  std::shared_ptr<const QualityData> data_;
};

}  // namespace limpid::quality
