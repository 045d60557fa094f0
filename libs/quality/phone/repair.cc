#include "libs/quality/phone/repair.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "libs/base/strings.h"
#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

/// Longer text is a sentence, not a number.
constexpr std::size_t kMaxRepaired = 100;
constexpr std::size_t kFewestDigits = 6;
constexpr std::size_t kMostSuggestions = 4;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string DigitsOf(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), IsDigit);
  return digits;
}

bool Propose(const PlannedNumber& number, std::string_view reason, double confidence, PhoneVerdict& verdict) {
  if (!number.valid() || verdict.suggestions.size() == kMostSuggestions) return false;
  std::string e164 = number.E164();
  const bool known = std::any_of(verdict.suggestions.begin(), verdict.suggestions.end(),
                                 [&](const PhoneSuggestion& other) { return other.e164 == e164; });
  if (!known) verdict.suggestions.push_back({std::move(e164), reason, confidence});
  return true;
}

/// The digit that a letter is typed for; 0 for other letters.
char MeantDigit(char c) {
  switch (c) {
    case 'O':
    case 'o':
      return '0';
    case 'l':
    case 'I':
    case 'i':
    case '|':
      return '1';
    default:
      return '\0';
  }
}

/// `O6 l2 34 56 78`, `06·12·34`: letters like digits, when no other letter stands in the text, and signs like
/// dots.
std::optional<std::string> WithoutConfusables(std::string_view input) {
  std::string repaired;
  bool changed = false;
  for (std::size_t i = 0; i < input.size();) {
    const std::size_t begin = i;
    const text::CharKind kind = text::NextKind(input, i);
    const char c = input[begin];
    if (i - begin > 1) {
      // Digits of other scripts are read by the plan; all else beyond ASCII can only part the digits.
      if (kind == text::CharKind::kDigit) {
        repaired.append(input, begin, i - begin);
      } else {
        repaired.push_back(' ');
        changed = true;
      }
    } else if (const char digit = MeantDigit(c); digit != '\0') {
      repaired.push_back(digit);
      changed = true;
    } else if (IsLetter(c)) {
      return std::nullopt;
    } else {
      repaired.push_back(c);
    }
  }
  return changed ? std::optional(std::move(repaired)) : std::nullopt;
}

void RepairConfusables(const PhoneFacts& facts, PhoneVerdict& verdict) {
  const std::optional<std::string> repaired = WithoutConfusables(facts.input);
  if (!repaired || DigitsOf(*repaired).size() < kFewestDigits) return;
  if (Propose(facts.plan.Read(*repaired, facts.region), phone_reason::kConfusable, 0.95, verdict)) {
    AddReason(verdict, phone_reason::kConfusable);
  }
}

/// `612345678.0`, `6,12345678E+08`: the digits where none is lost, an empty text where some are.
std::optional<std::string> UndoSpreadsheet(std::string_view input) {
  const std::size_t exponent_at = input.find_first_of("eE");
  const std::string_view mantissa = input.substr(0, exponent_at);
  const std::size_t point = mantissa.find_first_of(".,");
  if (point == std::string_view::npos || point == 0) return std::nullopt;
  const std::string_view whole = mantissa.substr(0, point);
  std::string_view fraction = mantissa.substr(point + 1);
  const auto all_digits = [](std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
  };
  if (!all_digits(whole) || !all_digits(fraction)) return std::nullopt;
  if (exponent_at == std::string_view::npos) {
    const bool only_zeros = fraction.find_first_not_of('0') == std::string_view::npos && fraction.size() <= 2;
    return only_zeros ? std::optional(std::string(whole)) : std::nullopt;
  }
  std::string_view exponent = input.substr(exponent_at + 1);
  if (!exponent.empty() && exponent[0] == '+') exponent.remove_prefix(1);
  if (!all_digits(exponent) || exponent.size() > 2) return std::nullopt;
  const int shift = std::stoi(std::string(exponent));
  return static_cast<int>(fraction.size()) == shift ? StrCat(whole, fraction) : std::string();
}

void RepairSpreadsheet(const PhoneFacts& facts, PhoneVerdict& verdict) {
  const std::optional<std::string> digits = UndoSpreadsheet(facts.input);
  if (!digits) return;
  AddReason(verdict, phone_reason::kExcelDamage);
  if (digits->empty()) return;
  Propose(facts.plan.Read(*digits, facts.region), phone_reason::kExcelDamage, 0.9, verdict);
  Propose(facts.plan.Read(StrCat("+", *digits), {}), phone_reason::kExcelDamage, 0.85, verdict);
}

/// `06 12 34 56 78 ou 01 23 45 67 89`: parts that are numbers each by itself.
void RepairSeveral(const PhoneFacts& facts, PhoneVerdict& verdict) {
  std::vector<std::string> parts(1);
  const std::string lower = text::Lower(facts.input);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const bool word = lower.compare(i, 4, " ou ") == 0 || lower.compare(i, 4, " et ") == 0 ||
                      lower.compare(i, 4, " or ") == 0 || lower.compare(i, 5, " and ") == 0;
    if (word || std::string_view("/;,|\n&").find(lower[i]) != std::string_view::npos) {
      parts.emplace_back();
      if (word) i += lower.find(' ', i + 1) - i;
    } else {
      parts.back().push_back(lower[i]);
    }
  }
  if (parts.size() < 2) return;
  std::vector<PlannedNumber> numbers;
  for (const std::string& part : parts) {
    if (DigitsOf(part).size() < kFewestDigits) continue;
    numbers.push_back(facts.plan.Read(part, facts.region));
  }
  if (numbers.size() < 2) return;
  AddReason(verdict, phone_reason::kMultipleNumbers);
  for (const PlannedNumber& number : numbers) Propose(number, phone_reason::kMultipleNumbers, 0.7, verdict);
}

bool IsExtensionLabel(std::string_view label) {
  constexpr std::string_view kLabels[] = {"p", "poste", "x", "ext", "extension", "int", "interne", "dw"};
  return std::find(std::begin(kLabels), std::end(kLabels), label) != std::end(kLabels);
}

/// `06 12 34 56 78 (bureau)`, `… poste 4`: words of three letters or more would be read as keys of the dial.
void RepairLabelled(const PhoneFacts& facts, PhoneVerdict& verdict) {
  std::string before;
  std::string label;
  std::string after;
  for (const char c : facts.input) {
    const bool letter = IsLetter(c) || static_cast<unsigned char>(c) >= 0x80;
    const bool number_read = DigitsOf(before).size() >= kFewestDigits;
    if (letter && number_read) label.push_back(c);
    if (letter) continue;
    (label.empty() ? before : after).push_back(c);
  }
  if (before.size() == facts.input.size()) return;
  const std::string extension = DigitsOf(after);
  const bool labelled = IsExtensionLabel(text::Lower(label));
  if (!extension.empty() && (!labelled || extension.size() > 4)) return;
  const std::size_t first = before.find_first_of("+(0123456789");
  if (first == std::string::npos) return;
  before = before.substr(first, before.find_last_of("0123456789") + 1 - first);
  const PlannedNumber number = facts.plan.Read(before, facts.region);
  if (extension.empty()) {
    Propose(number, facts.number.fault, 0.9, verdict);
  } else if (Propose(number, phone_reason::kHasExtension, 0.85, verdict)) {
    AddReason(verdict, phone_reason::kHasExtension);
  }
}

/// `+33 +33 6…`, `0033 0033…`, `+33 33 6…`: a prefix typed in front of one that was there.
void RepairDoubledPrefix(const PhoneFacts& facts, PhoneVerdict& verdict) {
  const std::string_view fault = facts.number.fault;
  if (const std::size_t plus = facts.input.rfind('+'); plus != std::string_view::npos && plus > 0) {
    if (Propose(facts.plan.Read(facts.input.substr(plus), {}), fault, 0.92, verdict)) return;
  }
  std::string digits = DigitsOf(facts.input);
  const bool international = facts.input.find('+') != std::string_view::npos || digits.starts_with("00");
  if (!international) return;
  while (digits.starts_with("0")) digits.erase(0, 1);
  for (std::size_t length = 1; length <= 3 && length < digits.size(); ++length) {
    const std::string code = digits.substr(0, length);
    std::string rest = digits.substr(length);
    if (rest.starts_with("00")) rest.erase(0, 2);
    if (!rest.starts_with(code)) continue;
    if (Propose(facts.plan.Read(StrCat("+", rest), {}), fault, 0.9, verdict)) return;
  }
}

/// `0690 12 34 56` typed in mainland France, where the overseas ranges are dialled like domestic ones.
void RepairOverseas(const PhoneFacts& facts, PhoneVerdict& verdict) {
  const std::string_view code = OverseasCallingCode(facts.number);
  if (code.empty()) return;
  const PlannedNumber number = facts.plan.Read(StrCat("+", code, facts.number.national_digits), {});
  if (Propose(number, phone_reason::kWrongDefaultRegion, 0.95, verdict)) {
    AddReason(verdict, phone_reason::kWrongDefaultRegion);
  }
}

/// The digits that today stand before the eight of an old Ivorian number, by the operator that they tell.
std::string_view IvorianPrefix(std::string_view old) {
  if (old[0] == '2' || old[0] == '3') return old[2] == '8' ? "21" : old[2] == '0' ? "25" : "27";
  if (old[1] <= '3') return "01";
  return old[1] <= '6' ? "05" : "07";
}

/// Numbers of eight digits from before the plans of Ivory Coast (2021) and Benin (2024) went to ten.
void RepairRenumbered(const PhoneFacts& facts, PhoneVerdict& verdict) {
  const std::string_view old = facts.number.national_digits;
  if (old.size() != 8) return;
  std::string_view prefix;
  if (facts.number.calling_code == 225) prefix = IvorianPrefix(old);
  if (facts.number.calling_code == 229) prefix = "01";
  if (prefix.empty()) return;
  const std::string renewed = StrCat("+", facts.number.calling_code, prefix, old);
  if (Propose(facts.plan.Read(renewed, {}), phone_reason::kRenumbered, 0.9, verdict)) {
    AddReason(verdict, phone_reason::kRenumbered);
  }
}

/// Regions whose numbers French-speaking forms see most, and their neighbours. Not Luxembourg: its plan takes
/// almost any digits, so that nothing would ever be the only one.
constexpr std::string_view kLikelyRegions[] = {"FR", "BE", "CH", "DE", "GB", "ES", "IT",
                                               "PT", "NL", "US", "MA", "DZ", "TN", "SN",
                                               "CI", "GP", "RE", "MQ", "GF", "PL", "RO"};

/// A national number typed by the habits of its own country: with the trunk digit where there is one, without
/// where there is none. In North America both are usual.
bool FollowsHabits(std::string_view digits, std::string_view region, const NumberPlan& plan) {
  const std::string trunk = plan.TrunkPrefix(region);
  if (trunk == "1") return digits.size() == 10 || digits.size() == 11;
  return trunk.empty() ? !digits.starts_with("00") : digits.starts_with(trunk);
}

/// Proposes another region when it is the only one, of those that are likely, whose plan has the number.
void RepairRegion(const PhoneFacts& facts, PhoneVerdict& verdict) {
  const std::string digits = DigitsOf(facts.input);
  const bool has_text = std::any_of(facts.input.begin(), facts.input.end(), IsLetter);
  if (digits.size() < 8 || facts.input.find('+') != std::string_view::npos || has_text) return;
  std::optional<PlannedNumber> only;
  for (const std::string_view region : kLikelyRegions) {
    if (region == facts.region || !FollowsHabits(digits, region, facts.plan)) continue;
    PlannedNumber number = facts.plan.Read(digits, region);
    if (!number.valid() || number.calling_code != CallingCodeOf(region)) continue;
    if (only && only->E164() != number.E164()) return;
    only = std::move(number);
  }
  // The plus of an international number, lost on the way through a spreadsheet or a URL.
  if (PlannedNumber number = facts.plan.Read(StrCat("+", digits), {});
      digits.size() >= 10 && number.valid()) {
    if (only && only->E164() != number.E164()) return;
    only = std::move(number);
  }
  if (only && Propose(*only, phone_reason::kWrongDefaultRegion, 0.8, verdict)) {
    AddReason(verdict, phone_reason::kWrongDefaultRegion);
  }
}

}  // namespace

void ApplyRepair(const PhoneFacts& facts, PhoneVerdict& verdict) {
  if (facts.number.valid() || facts.input.size() > kMaxRepaired || !text::IsValidUtf8(facts.input)) return;
  if (verdict.HasFlag(phone_flag::kShortCode) || verdict.HasFlag(phone_flag::kFictional)) return;
  // From the surest to the boldest; a later one speaks only where the earlier ones found nothing.
  constexpr PhoneRule kRepairs[] = {RepairSpreadsheet, RepairOverseas,      RepairRenumbered, RepairSeveral,
                                    RepairConfusables, RepairDoubledPrefix, RepairLabelled,   RepairRegion};
  for (const PhoneRule repair : kRepairs) {
    repair(facts, verdict);
    if (!verdict.suggestions.empty()) break;
  }
}

}  // namespace limpid::quality
