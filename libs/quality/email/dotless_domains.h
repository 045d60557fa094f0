#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "libs/quality/email/typo_index.h"

namespace limpid::quality {

/// Domains of well-known providers by their letters alone, for dots that are missing, misplaced or typed as
/// another sign: `hotmailcouk` of `hotmailco.uk` is `hotmail.co.uk`. Immutable; thread-safe.
class DotlessDomains {
 public:
  explicit DotlessDomains(const std::vector<Provider>& providers = {});

  struct Domain {
    std::string_view domain;   ///< `hotmail.co.uk`.
    int weight = 0;            ///< As Provider's.
    bool distinctive = false;  ///< As Provider's.
    std::string_view name() const { return domain.substr(0, domain.find('.')); }
  };
  /// The domain that has the letters of `typed`, whatever dots and hyphens stand between them.
  std::optional<Domain> Find(std::string_view typed) const;
  /// The domain that most people have of those one letter away. Long names that are a provider's alone only:
  /// a short one is one letter away from too many words.
  std::optional<Domain> FindNear(std::string_view typed) const;

 private:
  /// `name` holds the letters, `suffix` the whole domain.
  TypoIndex index_;
};

}  // namespace limpid::quality
