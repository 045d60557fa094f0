#pragma once

#include <string_view>

#include "libs/quality/phone/number_plan.h"

namespace limpid::quality {

/// Reads a number as the plan does, but for what no person sees or means: spaces and invisible signs that the
/// plan does not know (narrow no-break spaces, direction marks in the middle), and the `,00` of an amount or
/// a second number behind a semicolon, which the plan takes for an extension. A valid number without
/// extension costs nothing more.
PlannedNumber ReadAsTyped(const NumberPlan& plan, std::string_view input, std::string_view region);

}  // namespace limpid::quality
