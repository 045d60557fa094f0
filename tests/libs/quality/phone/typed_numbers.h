#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "libs/quality/phone/number_plan.h"

namespace limpid::quality {

/// Makes numbers of every territory of a plan, as many of each: walks through the patterns of every kind of
/// number, the same with a digit changed, missing or added, and digits at random; each typed in one of the
/// ways in which people and programs write numbers, with a default region that is its own, another or none.
/// The same seed gives the same numbers.
class TypedNumbers {
 public:
  TypedNumbers(const NumberPlan& plan, unsigned seed);

  /// Calls `use(input, region)` for `count` numbers of each territory.
  void ForEach(std::size_t count,
               const std::function<void(const std::string& input, const std::string& region)>& use);

 private:
  const NumberPlan& plan_;
  unsigned seed_;
};

}  // namespace limpid::quality
