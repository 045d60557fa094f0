#include "libs/quality/phone/moved_numbers.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"

#include "libs/base/strings.h"
#include "libs/quality/list_text.h"
#include "libs/quality/reasons.h"

namespace limpid::quality {
namespace {

constexpr char kAnyDigit = 'x';

std::string_view KnownReason(std::string_view word) {
  const auto found = std::find_if(kPhoneReasons.begin(), kPhoneReasons.end(),
                                  [&](const Meaning& reason) { return reason.word == word; });
  return found == kPhoneReasons.end() ? std::string_view() : found->word;
}

std::string_view Beginning(std::string_view cell) { return cell == "-" ? std::string_view() : cell; }

/// `new_beginning` with its gaps filled by the digits at the gaps of `old_beginning`, then the rest.
std::string Rewrite(std::string_view old_beginning, std::string_view new_beginning, std::string_view digits) {
  std::string rewritten;
  std::size_t gap = 0;
  for (const char c : new_beginning) {
    if (c != kAnyDigit) {
      rewritten.push_back(c);
      continue;
    }
    gap = old_beginning.find(kAnyDigit, gap);
    rewritten.push_back(digits[gap++]);
  }
  rewritten.append(digits.substr(old_beginning.size()));
  return rewritten;
}

}  // namespace

absl::StatusOr<MovedNumbers> MovedNumbers::Parse(std::string_view text) {
  MovedNumbers parsed;
  absl::Status status = ForEachRow("moved_numbers", text, 8, [&](const auto& cells) {
    Row row{.old_beginning = std::string(Beginning(cells[2])),
            .new_beginning = std::string(Beginning(cells[4])),
            .reason = KnownReason(cells[5])};
    const auto gaps = [](std::string_view pattern) {
      return std::count(pattern.begin(), pattern.end(), kAnyDigit);
    };
    const bool read = absl::SimpleAtoi(Absl(cells[1]), &row.digits) &&
                      absl::SimpleAtoi(Absl(cells[3]), &row.new_calling_code) &&
                      absl::SimpleAtod(Absl(cells[6]), &row.confidence) && !row.reason.empty() &&
                      row.old_beginning.size() <= row.digits &&
                      gaps(row.old_beginning) >= gaps(row.new_beginning) &&
                      parsed.patterns_.Add(cells[0], row.old_beginning, parsed.rows_.size());
    if (read) parsed.rows_.push_back(std::move(row));
    return read;
  });
  if (!status.ok()) return status;
  return parsed;
}

std::optional<MovedNumber> MovedNumbers::Find(int calling_code, std::string_view national_digits) const {
  std::size_t first = rows_.size();
  patterns_.ForEach(calling_code, national_digits, [&](std::size_t row) {
    if (rows_[row].digits == national_digits.size()) first = std::min(first, row);
  });
  if (first == rows_.size()) return std::nullopt;
  const Row& row = rows_[first];
  return MovedNumber{.calling_code = row.new_calling_code,
                     .national_digits = Rewrite(row.old_beginning, row.new_beginning, national_digits),
                     .reason = row.reason,
                     .confidence = row.confidence,
                     .any_beginning = row.old_beginning.empty()};
}

}  // namespace limpid::quality
