#include "libs/quality/phone/typed/other_region.h"

#include <algorithm>
#include <string>
#include <utility>

#include "libs/base/strings.h"
#include "libs/quality/phone/typed/typed_text.h"

namespace limpid::quality {
namespace {

/// Regions whose numbers French-speaking forms see most, and their neighbours. Not Luxembourg: its plan takes
/// almost any digits, so that nothing would ever be the only one.
constexpr std::string_view kLikelyRegions[] = {"FR", "BE", "CH", "DE", "GB", "ES", "IT",
                                               "PT", "NL", "US", "MA", "DZ", "TN", "SN",
                                               "CI", "GP", "RE", "MQ", "GF", "PL", "RO"};

constexpr std::size_t kFewestDigits = 8;
/// An international number that lost its plus: with fewer digits too much would be one.
constexpr std::size_t kFewestInternational = 11;
constexpr std::size_t kMostInternational = 13;
constexpr double kPartedAlike = 0.85;
constexpr double kOnlyDigits = 0.7;
constexpr double kLostPlus = 0.8;
constexpr double kSpeltOut = 0.85;
constexpr double kLikelyRegion = 0.9;
constexpr double kLikelyInsteadOfValid = 0.8;

/// A national number typed by the habits of its own country: with the trunk digit where there is one, without
/// where there is none. In North America both are usual.
bool FollowsHabits(std::string_view digits, std::string_view region, const NumberPlan& plan) {
  const std::string trunk = plan.TrunkPrefix(region);
  if (trunk == "1") return digits.size() == 10 || digits.size() == 11;
  return trunk.empty() ? !digits.starts_with("00") : digits.starts_with(trunk);
}

/// How the digits are parted: `(415) 555-2671` is 3-3-4.
std::string Groups(std::string_view text) {
  std::string groups;
  char length = 0;
  for (const char c : text) {
    if (IsDigit(c)) {
      ++length;
    } else if (length > 0) {
      groups.push_back(length);
      length = 0;
    }
  }
  if (length > 0) groups.push_back(length);
  return groups;
}

bool PartedAsIn(std::string_view text, const PlannedNumber& number, const NumberPlan& plan) {
  const std::string typed = Groups(text);
  return typed.size() > 1 && typed == Groups(plan.Format(number).national);
}

/// Whether the region's plan has the national number, typed by its habits.
std::optional<PlannedNumber> ReadIn(std::string_view region, std::string_view digits,
                                    const Readers& readers) {
  if (region.empty() || region == readers.region) return std::nullopt;
  if (!FollowsHabits(digits, region, readers.plan)) return std::nullopt;
  PlannedNumber number = readers.plan.Read(digits, region);
  if (!number.valid() || number.calling_code != CallingCodeOf(region)) return std::nullopt;
  return number;
}

bool MayBeMobile(const PlannedNumber& number) {
  return number.type == PhoneType::kMobile || number.type == PhoneType::kFixedLineOrMobile;
}

/// North American numbers of which the last seven digits are spelt: `1-800-FLOWERS`.
std::optional<Meant> SpeltOut(std::string_view text, const Readers& readers) {
  constexpr std::size_t kDigitsAndLetters = 10;
  std::string keys;
  std::copy_if(text.begin(), text.end(), std::back_inserter(keys),
               [](char c) { return IsDigit(c) || IsLetter(c); });
  if (keys.starts_with("1")) keys.erase(0, 1);
  const bool toll_free =
      keys.size() == kDigitsAndLetters && keys[0] == '8' && IsDigit(keys[1]) && IsDigit(keys[2]);
  if (!toll_free || keys.find(kOtherLetter) != std::string::npos) return std::nullopt;
  return IfValid(readers.plan.Read(StrCat("+1", keys), {}), phone_reason::kWrongDefaultRegion, kSpeltOut);
}

std::optional<Meant> InsteadOfValid(std::string_view text, std::string_view digits, const PlannedNumber& here,
                                    const Readers& readers) {
  std::optional<PlannedNumber> home = ReadIn(readers.likely.home, digits, readers);
  if (!home || home->type != PhoneType::kMobile || MayBeMobile(here)) return std::nullopt;
  if (PartedAsIn(text, *home, readers.plan)) {
    return Meant{*std::move(home), phone_reason::kWrongDefaultRegion, kLikelyRegion};
  }
  if (PartedAsIn(text, here, readers.plan)) return std::nullopt;
  return Meant{*std::move(home), phone_reason::kWrongDefaultRegion, kLikelyInsteadOfValid};
}

}  // namespace

std::optional<Meant> InOtherRegion(std::string_view text, const Readers& readers) {
  if (std::any_of(text.begin(), text.end(), IsLetter)) return SpeltOut(text, readers);
  const std::string digits = DigitsOf(text);
  if (digits.size() < kFewestDigits || text.find('+') != std::string_view::npos) return std::nullopt;
  // What begins as at home is a slip at home, unless it is parted as elsewhere.
  const std::string trunk = readers.region.empty() ? std::string() : readers.plan.TrunkPrefix(readers.region);
  const bool slip = !trunk.empty() && digits.starts_with(trunk);
  std::optional<Meant> only;
  for (const std::string_view region : kLikelyRegions) {
    std::optional<PlannedNumber> number = ReadIn(region, digits, readers);
    if (!number) continue;
    if (only && only->number.E164() != number->E164()) return std::nullopt;
    if (only) continue;
    const bool alike = PartedAsIn(text, *number, readers.plan);
    only = Meant{*std::move(number), phone_reason::kWrongDefaultRegion, alike ? kPartedAlike : kOnlyDigits};
    if (slip && !alike) return std::nullopt;
  }
  if (digits.size() >= kFewestInternational && digits.size() <= kMostInternational && digits[0] != '0') {
    // The plus is lost on the way through a spreadsheet or a URL.
    PlannedNumber number = readers.plan.Read(StrCat("+", digits), {});
    if (!number.valid()) return only;
    if (only && only->number.E164() != number.E164()) return std::nullopt;
    only = Meant{std::move(number), phone_reason::kWrongDefaultRegion, kLostPlus};
  }
  return only;
}

std::optional<Meant> InLikelyRegion(std::string_view text, const PlannedNumber& number,
                                    const Readers& readers) {
  if (readers.likely.empty() || std::any_of(text.begin(), text.end(), IsLetter)) return std::nullopt;
  const std::string digits = DigitsOf(text);
  const bool international = text.find('+') != std::string_view::npos || digits.starts_with("00");
  if (digits.size() < kFewestDigits || international) return std::nullopt;
  if (number.valid()) return InsteadOfValid(text, digits, number, readers);
  for (const std::string_view region : {readers.likely.home, readers.likely.usual}) {
    if (std::optional<PlannedNumber> there = ReadIn(region, digits, readers)) {
      return Meant{*std::move(there), phone_reason::kWrongDefaultRegion, kLikelyRegion};
    }
  }
  return std::nullopt;
}

}  // namespace limpid::quality
