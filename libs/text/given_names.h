#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"

namespace limpid::text {

/// What is known of given names: which exist, which are short forms of others (`Bob`, `Robert`), and which
/// are spellings of one name (`Mathieu`, `Matthieu`). Immutable after Parse(); thread-safe.
class GivenNames {
 public:
  /// Three texts, one entry a line, `#` begins a comment: `names` holds words parted by spaces; `nicknames` a
  /// full name, a tab and its short forms; `variants` the spellings of one name. Faults name the line.
  static absl::StatusOr<GivenNames> Parse(std::string_view names, std::string_view nicknames,
                                          std::string_view variants);

  /// Keys are those of NameKey().
  bool IsKnown(std::string_view key) const;
  /// One is a short form of the other, or both are short forms of one name.
  bool AreNicknames(std::string_view a, std::string_view b) const;
  bool AreVariants(std::string_view a, std::string_view b) const;

 private:
  using Groups = absl::flat_hash_map<std::string, std::vector<int>>;
  static bool ShareGroup(const Groups& groups, std::string_view a, std::string_view b);

  absl::flat_hash_set<std::string> known_;
  Groups full_names_;   ///< Full name: the group of its short forms.
  Groups short_forms_;  ///< Short form: the groups of the names it stands for.
  Groups variants_;
};

}  // namespace limpid::text
