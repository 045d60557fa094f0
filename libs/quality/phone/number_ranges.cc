#include "libs/quality/phone/number_ranges.h"

#include <algorithm>

#include "absl/strings/numbers.h"

#include "libs/base/strings.h"
#include "libs/quality/list_text.h"
#include "libs/quality/reasons.h"

namespace limpid::quality {
namespace {

std::string_view KnownFlag(std::string_view word) {
  const auto found = std::find_if(kPhoneFlags.begin(), kPhoneFlags.end(),
                                  [&](const Meaning& flag) { return flag.word == word; });
  return found == kPhoneFlags.end() ? std::string_view() : found->word;
}

}  // namespace

absl::StatusOr<NumberRanges> NumberRanges::Parse(std::string_view text) {
  NumberRanges parsed;
  absl::Status status = ForEachRow("ranges", text, 5, [&](const auto& row) {
    Range range{.flag = KnownFlag(row[3])};
    if (!absl::SimpleAtoi(Absl(row[2]), &range.digits) || range.flag.empty()) return false;
    parsed.ranges_.push_back(range);
    return parsed.patterns_.Add(row[0], row[1], parsed.ranges_.size() - 1);
  });
  if (!status.ok()) return status;
  return parsed;
}

NumberRanges::Flags NumberRanges::FlagsOf(int calling_code, std::string_view national_digits) const {
  Flags flags;
  patterns_.ForEach(calling_code, national_digits, [&](std::size_t row) {
    if (ranges_[row].digits == national_digits.size()) flags.push_back(ranges_[row].flag);
  });
  return flags;
}

}  // namespace limpid::quality
