#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"

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
    std::span<const Provider> providers;  ///< Those that share the name, `hotmail.com`, `hotmail.fr` …
    text::Edit edit;                      ///< From what was typed to the name; kNone when they are equal.
    std::string_view name() const { return providers.front().name; }
  };
  using Candidates = absl::InlinedVector<Candidate, 8>;
  /// The names equal to `name` or one edit away, in alphabetical order.
  Candidates FindNames(std::string_view name) const;
  /// Well-known long names two edits away; `edit` is kMany.
  Candidates FindDistant(std::string_view name) const;

  /// Ordered by name.
  const std::vector<Provider>& providers() const { return providers_; }

 private:
  /// The deletions of all names in an open-addressing table. What is found is compared anyway, so that hashes
  /// may collide.
  struct Slot {
    uint32_t hash = 0;
    uint32_t first = 0;  ///< Into entries_.
    uint16_t count = 0;  ///< 0: free.
  };
  struct Name {
    uint16_t first = 0;  ///< Into providers_.
    uint16_t count = 0;
    bool distant = false;  ///< FindDistant() compares with it.
    uint32_t letters = 0;  ///< Which letters it has, one bit each.
  };
  std::span<const Provider> ProvidersOf(const Name& name) const;
  std::span<const uint16_t> NamesBehind(uint32_t hash) const;

  std::vector<Provider> providers_;
  std::vector<Name> names_;
  std::vector<Slot> slots_;
  std::vector<uint16_t> entries_;  ///< Into names_.
  std::vector<uint16_t> distant_;  ///< Into names_.
  std::size_t longest_ = 0;
};

}  // namespace limpid::quality
