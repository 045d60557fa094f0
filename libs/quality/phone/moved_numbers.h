#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/quality/phone/number_beginnings.h"

namespace limpid::quality {

/// Where a number lives that was written under another plan.
struct MovedNumber {
  int calling_code = 0;
  std::string national_digits;
  std::string_view reason;  ///< One of phone_reason.
  double confidence = 0;
  /// The row speaks of every number of the plan, not of a beginning: it says nothing of one that is valid.
  bool any_beginning = false;
};

/// Numbers that changed: plans that were renumbered, and territories that share how a number is dialled but
/// not the calling code. The next renumbering is a row of `data/phone/moved_numbers.tsv`. Immutable;
/// thread-safe.
class MovedNumbers {
 public:
  MovedNumbers() = default;
  /// Rows: calling code, digits of the old national number, how it began, new calling code, how it begins
  /// now, reason, confidence, source. `x` is any digit; those of the old beginning come back in order in the
  /// new one. `-` is an empty beginning. Of several rows that fit the first counts.
  static absl::StatusOr<MovedNumbers> Parse(std::string_view text);

  /// What the first row that fits makes of the number.
  std::optional<MovedNumber> Find(int calling_code, std::string_view national_digits) const;

 private:
  struct Row {
    std::size_t digits = 0;
    std::string old_beginning;
    int new_calling_code = 0;
    std::string new_beginning;
    std::string_view reason;
    double confidence = 0;
  };
  NumberBeginnings patterns_;
  std::vector<Row> rows_;
};

}  // namespace limpid::quality
