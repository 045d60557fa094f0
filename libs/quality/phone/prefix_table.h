#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace limpid::quality {

/// What the beginning of a number tells: carriers, time zones, places. 100,000 rows take two megabytes, and a
/// look-up is one binary search without an allocation. Immutable; thread-safe.
class PrefixTable {
 public:
  PrefixTable() = default;
  /// Rows of a file that `scripts/refresh_phone_tables` writes: the first number from which on a name holds
  /// (zeros at its end left out), and the name, `-` for none. Ascending. INVALID_ARGUMENT names `file` and
  /// line, or says that there is none.
  static absl::StatusOr<PrefixTable> Parse(std::string_view file, std::string_view text);

  /// The name of the range that the number lies in, empty when there is none. Looks into the table.
  std::string_view Find(int calling_code, std::string_view national_digits) const;

  /// The same as an index into Names().
  std::size_t FindName(int calling_code, std::string_view national_digits) const;
  /// Every name once; the first is the empty one.
  std::vector<std::string_view> Names() const;
  std::size_t bytes() const;

 private:
  struct Name {
    uint32_t begin = 0;
    uint32_t size = 0;
  };

  std::string_view NameAt(std::size_t i) const {
    return std::string_view(text_).substr(names_[i].begin, names_[i].size);
  }

  std::vector<uint64_t> starts_;   ///< Calling code and national number, filled up to the digits of E.164.
  std::vector<uint32_t> name_of_;  ///< For each start its name's index.
  std::vector<Name> names_;
  std::string text_;
};

}  // namespace limpid::quality
