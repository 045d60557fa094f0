#include "libs/quality/phone/typed/field_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "libs/base/strings.h"
#include "libs/quality/phone/typed/moved_number.h"
#include "libs/quality/phone/typed/prefix_fault.h"
#include "libs/quality/phone/typed/typed_text.h"

namespace limpid::quality {
namespace {

constexpr std::size_t kFewestDigits = 6;
constexpr std::size_t kMostExtensionDigits = 6;
constexpr std::size_t kMostEndingDigits = 4;
/// Two of the shortest numbers that people write one behind the other.
constexpr std::size_t kFewestDigitsOfTwo = 16;
constexpr std::size_t kMostNumbers = 4;
/// Which of several is wanted is not ours to say: below what decides a capture.
constexpr double kOneOfSeveral = 0.7;
constexpr double kAnotherEnding = 0.6;
constexpr double kTwiceTheSame = 0.9;
constexpr double kAmongWords = 0.9;
constexpr double kAmongDigits = 0.85;
constexpr double kWithExtension = 0.85;

bool SaysExtension(std::string_view between) {
  constexpr std::string_view kWords[] = {"p",   "poste",   "x",         "ext", "extn", "extension",
                                         "int", "interne", "durchwahl", "dw",  "anexo"};
  for (std::size_t i = 0; i < between.size();) {
    std::size_t end = i;
    while (end < between.size() && IsLetter(between[end])) ++end;
    if (std::find(std::begin(kWords), std::end(kWords), between.substr(i, end - i)) != std::end(kWords)) {
      return true;
    }
    i = std::max(end, i + 1);
  }
  return false;
}

std::optional<Meant> ReadOne(std::string_view text, std::string_view fault, const Readers& readers) {
  PlannedNumber number = readers.plan.Read(text, readers.region);
  if (number.valid()) return IfValid(std::move(number), fault, 1);
  if (std::optional<Meant> moved = WhereItMoved(number, readers)) return moved;
  return WithoutPrefixFault(text, number.fault, readers);
}

/// Where a number may begin behind the first one: at a `0`, `+` or `(` behind anything but a digit.
bool MayBegin(std::string_view text, std::size_t at) {
  return !IsDigit(text[at - 1]) && (text[at] == '0' || text[at] == '+' || text[at] == '(');
}

/// `06 12 34 56 78 01 42 68 53 00` or all of it without a space: numbers one behind the other. Empty unless
/// everything is a number.
std::vector<Meant> ReadRow(std::string_view text, std::string_view fault, const Readers& readers, int depth) {
  std::vector<Meant> row;
  const auto read = [&](std::string_view part) {
    return IfValid(readers.plan.Read(part, readers.region), fault, 1);
  };
  const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), IsDigit));
  if (digits < kFewestDigitsOfTwo || depth == static_cast<int>(kMostNumbers)) return row;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (!MayBegin(text, at)) continue;
    std::optional<Meant> first = read(text.substr(0, at));
    if (!first) continue;
    std::vector<Meant> rest;
    if (std::optional<Meant> second = read(text.substr(at))) {
      rest.push_back(*std::move(second));
    } else {
      rest = ReadRow(text.substr(at), fault, readers, depth + 1);
    }
    if (rest.empty()) continue;
    row.push_back(*std::move(first));
    std::move(rest.begin(), rest.end(), std::back_inserter(row));
    return row;
  }
  const bool unparted = digits == text.size() && digits % 2 == 0 && text[0] == text[digits / 2];
  if (!unparted) return row;
  std::optional<Meant> first = read(text.substr(0, digits / 2));
  std::optional<Meant> second = read(text.substr(digits / 2));
  if (first && second) row = {*std::move(first), *std::move(second)};
  return row;
}

/// `01 42 68 53 00/01`: the same number with other last digits.
std::optional<Meant> ReadEnding(const Stretch& number, const Stretch& ending, std::string_view fault,
                                const Readers& readers) {
  if (ending.before.find('/') == std::string_view::npos || ending.digits > kMostEndingDigits) {
    return std::nullopt;
  }
  const std::string digits = DigitsOf(ending.text);
  std::string whole(number.text);
  auto digit = digits.rbegin();
  for (auto c = whole.rbegin(); c != whole.rend() && digit != digits.rend(); ++c) {
    if (IsDigit(*c)) *c = *digit++;
  }
  return ReadOne(whole, fault, readers);
}

void AddNumber(Meant meant, std::vector<Meant>& numbers) {
  const bool known = std::any_of(numbers.begin(), numbers.end(), [&](const Meant& other) {
    return other.number.E164() == meant.number.E164();
  });
  if (!known && numbers.size() < kMostNumbers) numbers.push_back(std::move(meant));
}

}  // namespace

FieldText ReadField(std::string_view text, std::string_view fault, const Readers& readers) {
  FieldText field;
  const std::vector<Stretch> stretches = Stretches(text);
  const Stretch* last_number = nullptr;
  int found = 0;
  bool digits_left_over = false;
  bool other_ending = false;
  for (const Stretch& stretch : stretches) {
    std::vector<Meant> read;
    if (stretch.digits >= kFewestDigits) {
      if (std::optional<Meant> one = ReadOne(stretch.text, fault, readers)) {
        read.push_back(*std::move(one));
      } else {
        read = ReadRow(stretch.text, fault, readers, 1);
      }
    } else if (last_number != nullptr) {
      if (SaysExtension(stretch.before) && stretch.digits <= kMostExtensionDigits) {
        field.extension = DigitsOf(stretch.text);
        continue;
      }
      if (std::optional<Meant> ending = ReadEnding(*last_number, stretch, fault, readers)) {
        other_ending = true;
        read.push_back(*std::move(ending));
      }
    }
    if (read.empty()) {
      digits_left_over = true;
      continue;
    }
    found += static_cast<int>(read.size());
    last_number = &stretch;
    for (Meant& meant : read) AddNumber(std::move(meant), field.numbers);
  }
  field.several = found > 1;
  if (found > 1) {
    const double confidence = field.numbers.size() == 1 ? kTwiceTheSame
                              : other_ending            ? kAnotherEnding
                                                        : kOneOfSeveral;
    for (Meant& meant : field.numbers) {
      meant.reason = phone_reason::kMultipleNumbers;
      meant.confidence = confidence;
    }
    field.extension.clear();
  } else if (found == 1) {
    Meant& only = field.numbers.front();
    if (!field.extension.empty()) only.reason = phone_reason::kHasExtension;
    const double context = !field.extension.empty() ? kWithExtension
                           : digits_left_over       ? kAmongDigits
                                                    : kAmongWords;
    only.confidence = std::min(only.confidence, context);
  }
  return field;
}

}  // namespace limpid::quality
