#pragma once

#include <optional>
#include <string_view>

#include "libs/quality/phone/likely_regions.h"
#include "libs/quality/phone/moved_numbers.h"
#include "libs/quality/phone/number_plan.h"

namespace limpid::quality {

/// A number that was probably meant, which reason speaks for it, and how surely. Always valid by the plan.
struct Meant {
  PlannedNumber number;
  std::string_view reason;
  double confidence = 0;
};

/// What the rules of this folder read by.
struct Readers {
  std::string_view region;  ///< The default region in upper case, or empty.
  LikelyRegions likely;
  const NumberPlan& plan;
  const MovedNumbers& moved;
};

/// The number when it is valid.
std::optional<Meant> IfValid(PlannedNumber number, std::string_view reason, double confidence);

}  // namespace limpid::quality
