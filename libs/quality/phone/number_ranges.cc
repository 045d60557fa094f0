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
    NumberRange range{
        .prefix = StrCat(row[0], row[1]), .flag = KnownFlag(row[3]), .source = std::string(row[4])};
    if (!absl::SimpleAtoi(Absl(row[2]), &range.digits) || range.flag.empty()) return false;
    range.digits += row[0].size();
    parsed.ranges_.push_back(std::move(range));
    return true;
  });
  if (!status.ok()) return status;
  std::sort(parsed.ranges_.begin(), parsed.ranges_.end(),
            [](const NumberRange& a, const NumberRange& b) { return a.prefix < b.prefix; });
  return parsed;
}

std::vector<const NumberRange*> NumberRanges::Find(std::string_view digits) const {
  std::vector<const NumberRange*> found;
  for (std::size_t length = digits.size(); length > 0; --length) {
    const std::string_view prefix = digits.substr(0, length);
    auto range = std::lower_bound(ranges_.begin(), ranges_.end(), prefix,
                                  [](const NumberRange& r, std::string_view p) { return r.prefix < p; });
    for (; range != ranges_.end() && range->prefix == prefix; ++range) {
      if (range->digits == digits.size()) found.push_back(&*range);
    }
  }
  return found;
}

}  // namespace limpid::quality
