#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"

#include "libs/quality/phone/number_beginnings.h"

namespace limpid::quality {

/// Numbering ranges with a meaning that the number plan does not tell: fiction, canvassing, platforms,
/// machines, numbers typed to pass a form. Immutable; thread-safe.
class NumberRanges {
 public:
  /// Words of phone_flag.
  using Flags = absl::InlinedVector<std::string_view, 2>;

  NumberRanges() = default;
  /// Rows: calling code, how the national number begins without the trunk digit (`x` is any digit), digits of
  /// the national number, flag, source.
  static absl::StatusOr<NumberRanges> Parse(std::string_view text);

  /// What the ranges that hold a number say of it, the widest range first.
  Flags FlagsOf(int calling_code, std::string_view national_digits) const;

 private:
  struct Range {
    std::size_t digits = 0;  ///< Of a whole national number.
    std::string_view flag;
  };

  NumberBeginnings patterns_;
  std::vector<Range> ranges_;
};

}  // namespace limpid::quality
