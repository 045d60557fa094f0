#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "libs/quality/phone/number_plan.h"

namespace limpid::quality {

/// A field for a phone number after a key, as it should look.
struct TypedEntry {
  std::string text;
  /// Where the caret stands: behind the digit that it stood behind, in UTF-16 code units as JavaScript
  /// counts.
  std::size_t caret = 0;
  bool possible = false;  ///< It is a number's beginning, or may be one: nothing speaks against it so far.
  bool valid = false;     ///< It is a valid number.
};

/// Groups what stands in a field: `06123` is `06 12 3`. Spaces and signs between digits are those of the last
/// time, and are set anew; a text with letters or other signs (an extension) is left as it is. `typed` is
/// valid UTF-8; without a caret it is at the end. Remembers nothing. Thread-safe; takes no lock.
TypedEntry FormatEntry(const NumberPlan& plan, std::string_view typed, std::optional<std::size_t> caret,
                       std::string_view region);

/// Of valid UTF-8.
std::size_t Utf16Length(std::string_view text);

}  // namespace limpid::quality
