#pragma once

#include <string_view>

#include "libs/quality/phone/likely_regions.h"
#include "libs/quality/phone/moved_numbers.h"
#include "libs/quality/phone/number_plan.h"
#include "libs/quality/phone/number_ranges.h"
#include "libs/quality/phone/verdict.h"

namespace limpid::quality {

/// What every rule looks at: the text, and what the number plan says of it.
struct PhoneFacts {
  std::string_view input;
  std::string_view region;  ///< The default region in upper case, or empty.
  LikelyRegions likely;
  const PlannedNumber& number;
  const NumberPlan& plan;
  const NumberRanges& ranges;
  const MovedNumbers& moved_numbers;
};

/// A FAST rule: adds reasons, flags or suggestions. Runs for every input, also for what is no number; looks
/// at `facts.number` first. Takes no lock of ours and does not throw.
using PhoneRule = void (*)(const PhoneFacts& facts, PhoneVerdict& verdict);

/// Adds a word once.
void AddFlag(PhoneVerdict& verdict, std::string_view flag);
void AddReason(PhoneVerdict& verdict, std::string_view reason);

}  // namespace limpid::quality
