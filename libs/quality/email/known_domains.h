#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "libs/quality/email/typo_index.h"

namespace limpid::quality {

/// The domains that one tenant's customers use, beside those that everybody uses: their slips are searched
/// for as well, and they are never slips themselves. Make one when the tenant's choice changes, not for each
/// address. Immutable; thread-safe.
class KnownDomains {
 public:
  /// Unicode or A-labels in any case. Names that are no domain are left out.
  explicit KnownDomains(const std::vector<std::string>& domains);

  /// Whether the domain, A-labels in lower case, is one of them.
  bool Contains(std::string_view domain) const { return domains_.contains(std::string(domain)); }
  const TypoIndex& typos() const { return typos_; }

 private:
  std::unordered_set<std::string> domains_;
  TypoIndex typos_;
};

}  // namespace limpid::quality
