#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "libs/text/edit_distance.h"

namespace limpid::quality {

/// A mailbox provider that people mean when they mistype: one row of `data/email/providers.tsv`.
struct Provider {
  std::string name;    ///< `hotmail` of `hotmail.co.uk`.
  std::string suffix;  ///< `co.uk`.
  int weight = 0;      ///< How many people use it, 1 to 100; decides between equal candidates.
  /// Nobody else's company bears the name: `gmail` yes, `orange` and `free` no.
  bool distinctive = false;
};

/// Finds providers whose name is one slip away, without comparing with each: all one-letter deletions of the
/// known names are hashed, and so are those of the name that was typed (symmetric deletion). Costs as much as
/// the typed name is long. Immutable after construction; thread-safe.
class TypoIndex {
 public:
  explicit TypoIndex(std::vector<Provider> providers = {});

  struct Candidate {
    const Provider* provider;
    text::Edit edit;  ///< From what was typed to the provider's name; kNone when they are equal.
  };
  /// Providers named like `name` or one edit away, in the order of the table.
  std::vector<Candidate> FindNames(std::string_view name) const;
  /// Well-known providers with long names two edits away.
  std::vector<const Provider*> FindDistant(std::string_view name) const;

  const std::vector<Provider>& providers() const { return providers_; }

 private:
  std::vector<Provider> providers_;
  absl::flat_hash_map<uint64_t, std::vector<uint16_t>> by_deletion_;
  struct Distant {
    uint16_t provider;
    uint32_t letters;  ///< Which letters the name has, one bit each.
  };
  std::vector<Distant> distant_;  ///< The providers that FindDistant() compares with.
};

}  // namespace limpid::quality
