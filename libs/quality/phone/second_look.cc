#include "libs/quality/phone/second_look.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "libs/quality/phone/typed/moved_number.h"
#include "libs/quality/phone/typed/spreadsheet.h"
#include "libs/quality/phone/typed/typed_text.h"

namespace limpid::quality {
namespace {

/// Longer text is a page, not a field.
constexpr std::size_t kMaxInput = 256;
/// Letters in a row that spell a word on the keys of the dial.
constexpr int kFewestKeys = 3;
constexpr double kDroppedLetter = 0.8;

/// Letters in a row, among digits: `1-800-FLOWERS`.
bool SpellsAWord(std::string_view text) {
  int in_a_row = 0;
  bool behind_digit = false;
  for (const char c : text) {
    behind_digit = behind_digit || IsDigit(c);
    in_a_row = IsLetter(c) ? in_a_row + 1 : 0;
    if (behind_digit && in_a_row == kFewestKeys) return true;
  }
  return false;
}

void LookForLetters(const PhoneFacts& facts, PhoneVerdict& verdict) {
  const TypedText typed = ReadTyped(facts.input);
  const std::string repaired = WithoutLookAlikes(typed.text);
  if (repaired.empty()) return;
  if (SpellsAWord(typed.text)) return;
  const PlannedNumber number = facts.plan.Read(repaired, facts.region);
  if (!number.valid() || number.extension != facts.number.extension) return;
  AddReason(verdict, phone_reason::kConfusable);
  std::string e164 = number.E164();
  if (e164 == facts.number.E164()) return;
  verdict.suggestions.push_back({std::move(e164), phone_reason::kConfusable, kDroppedLetter});
}

void LookOverseas(const PhoneFacts& facts, PhoneVerdict& verdict) {
  const std::optional<Meant> meant = WhereItBelongs(
      facts.number, {.region = facts.region, .plan = facts.plan, .moved = facts.moved_numbers});
  if (!meant) return;
  AddReason(verdict, meant->reason);
  verdict.suggestions.push_back({meant->number.E164(), meant->reason, meant->confidence});
}

}  // namespace

void ApplySecondLook(const PhoneFacts& facts, PhoneVerdict& verdict) {
  if (!facts.number.valid()) return;
  LookOverseas(facts, verdict);
  if (facts.input.size() > kMaxInput) return;
  const auto is_unusual = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ','; };
  if (std::none_of(facts.input.begin(), facts.input.end(), is_unusual)) return;
  if (FindSpreadsheetDamage(facts.input).found) AddReason(verdict, phone_reason::kExcelDamage);
  LookForLetters(facts, verdict);
}

}  // namespace limpid::quality
