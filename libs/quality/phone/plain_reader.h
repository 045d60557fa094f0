#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/quality/phone/compiled_plan.h"
#include "libs/quality/phone/number_plan.h"

/// The answers of NumberPlan from the compiled plan: some hundred nanoseconds, no locks, no regular
/// expressions. Each is libphonenumber's own answer or nothing, which means that libphonenumber has to be
/// asked.
namespace limpid::quality {

/// `input` is valid UTF-8.
std::optional<PlannedNumber> ReadPlainly(const CompiledPlan& plan, std::string_view input,
                                         std::string_view region);
std::optional<NumberFormats> FormatPlainly(const CompiledPlan& plan, const PlannedNumber& number);
std::optional<RegionCodes> CandidatesPlainly(const CompiledPlan& plan, const PlannedNumber& number);

/// RFC 3966 from the international form: the same groups, parted by hyphens.
std::string Rfc3966(std::string_view international, std::string_view extension);

}  // namespace limpid::quality
