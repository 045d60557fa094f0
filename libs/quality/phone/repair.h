#pragma once

#include "libs/quality/phone/rule.h"

namespace limpid::quality {

/// Proposes the numbers that were probably meant by what is no valid number: letters typed for digits, damage
/// by spreadsheets, text around the number, several numbers in one field, faults of the prefix, overseas
/// numbers dialled as if from mainland France, old numbers of plans that have changed, and numbers of another
/// country. Every proposal is valid by the plan. For a valid number only that of a likely region is proposed,
/// where it is a mobile number and here it is not.
void ApplyRepair(const PhoneFacts& facts, PhoneVerdict& verdict);

}  // namespace limpid::quality
