#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/quality/phone/library_instance.h"
#include "libs/quality/phone/number_plan.h"

/// The answers of NumberPlan as libphonenumber itself gives them: for what the compiled plan leaves to it,
/// and as the judge of what it does not. Thread-safe; tens of microseconds, and locks inside.
namespace limpid::quality {

PlannedNumber ReadWithLibrary(const LibraryInstance& library, std::string_view input,
                              std::string_view region);
NumberFormats FormatWithLibrary(const LibraryInstance& library, const PlannedNumber& number);
RegionCodes CandidatesOfLibrary(const LibraryInstance& library, const PlannedNumber& number);

}  // namespace limpid::quality
