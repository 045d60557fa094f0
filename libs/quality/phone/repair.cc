#include "libs/quality/phone/repair.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "libs/base/strings.h"
#include "libs/quality/phone/typed/field_text.h"
#include "libs/quality/phone/typed/meant.h"
#include "libs/quality/phone/typed/moved_number.h"
#include "libs/quality/phone/typed/other_region.h"
#include "libs/quality/phone/typed/prefix_fault.h"
#include "libs/quality/phone/typed/spreadsheet.h"
#include "libs/quality/phone/typed/typed_text.h"
#include "libs/text/unicode.h"

namespace limpid::quality {

std::optional<Meant> IfValid(PlannedNumber number, std::string_view reason, double confidence) {
  if (!number.valid()) return std::nullopt;
  return Meant{std::move(number), reason, confidence};
}

namespace {

/// Longer text is a page, not a field.
constexpr std::size_t kMaxRepaired = 256;
constexpr std::size_t kFewestDigits = 6;
constexpr std::size_t kMostSuggestions = 4;
constexpr double kRestoredAmount = 0.9;
constexpr double kRestoredInternational = 0.85;
constexpr double kLookAlike = 0.95;

/// Looks for what was meant, from the surest to the boldest, and writes the first that it finds.
class Repair {
 public:
  Repair(const PhoneFacts& facts, PhoneVerdict& verdict)
      : facts_(facts),
        verdict_(verdict),
        readers_{.region = facts.region,
                 .likely = facts.likely,
                 .plan = facts.plan,
                 .moved = facts.moved_numbers} {}

  void Run() {
    if (facts_.number.valid()) {
      Propose(InLikelyRegion(ReadTyped(facts_.input).text, facts_.number, readers_));
      return;
    }
    if (FromSpreadsheet() || FromPlan()) return;
    const TypedText typed = ReadTyped(facts_.input);
    if (std::count_if(typed.text.begin(), typed.text.end(), IsDigit) == 0) return;
    if (Propose(InLikelyRegion(typed.text, facts_.number, readers_))) return;
    if (FromText(typed, facts_.number.fault)) return;
    Propose(InOtherRegion(typed.text, readers_));
  }

 private:
  bool FromSpreadsheet() {
    const SpreadsheetDamage damage = FindSpreadsheetDamage(facts_.input);
    if (!damage.found) return false;
    AddReason(verdict_, phone_reason::kExcelDamage);
    if (!damage.digits.empty()) {
      const auto propose = [this](PlannedNumber number, double confidence) {
        return Propose(IfValid(std::move(number), phone_reason::kExcelDamage, confidence));
      };
      if (!propose(facts_.plan.Read(damage.digits, facts_.region), kRestoredAmount)) {
        propose(facts_.plan.Read(StrCat("+", damage.digits), {}), kRestoredInternational);
      }
    }
    return true;
  }

  bool FromPlan() { return Propose(WhereItMoved(facts_.number, readers_)); }

  bool FromText(const TypedText& typed, std::string_view fault) {
    if (!typed.has_letters && typed.odd_signs && FromDigits(WithoutCommas(typed.text))) return true;
    const FieldText field = ReadField(typed.text, fault, readers_);
    if (field.several) return ProposeAll(field);
    if (typed.has_letters && FromDigits(WithoutLookAlikes(typed.text))) return true;
    if (!typed.has_letters && Propose(WithoutPrefixFault(typed.text, fault, readers_))) return true;
    return ProposeAll(field);
  }

  /// What reads well once signs or letters that look like digits are out of the way.
  bool FromDigits(std::string_view text) {
    if (text.empty() ||
        std::count_if(text.begin(), text.end(), IsDigit) < static_cast<std::ptrdiff_t>(kFewestDigits)) {
      return false;
    }
    if (std::any_of(text.begin(), text.end(), IsLetter)) {
      FieldText field = ReadField(text, phone_reason::kConfusable, readers_);
      return !field.several && ProposeAll(field);
    }
    PlannedNumber number = facts_.plan.Read(text, facts_.region);
    std::optional<Meant> meant = WhereItMoved(number, readers_);
    if (!meant) meant = WithoutPrefixFault(text, phone_reason::kConfusable, readers_);
    if (number.valid()) meant = Meant{std::move(number), phone_reason::kConfusable, kLookAlike};
    if (meant) AddReason(verdict_, phone_reason::kConfusable);
    return Propose(std::move(meant));
  }

  bool ProposeAll(const FieldText& field) {
    for (const Meant& meant : field.numbers) Propose(meant);
    if (!field.extension.empty() && !field.numbers.empty()) verdict_.extension = field.extension;
    return !field.numbers.empty();
  }

  bool Propose(std::optional<Meant> meant) {
    if (!meant || verdict_.suggestions.size() == kMostSuggestions) return false;
    AddReason(verdict_, meant->reason);
    std::string e164 = meant->number.E164();
    const bool known = std::any_of(verdict_.suggestions.begin(), verdict_.suggestions.end(),
                                   [&](const PhoneSuggestion& other) { return other.e164 == e164; });
    if (!known) verdict_.suggestions.push_back({std::move(e164), meant->reason, meant->confidence});
    return true;
  }

  const PhoneFacts& facts_;
  PhoneVerdict& verdict_;
  const Readers readers_;
};

}  // namespace

void ApplyRepair(const PhoneFacts& facts, PhoneVerdict& verdict) {
  if (facts.number.valid() && facts.likely.empty()) return;
  const bool meant_as_it_is = verdict.HasFlag(phone_flag::kShortCode) ||
                              verdict.HasFlag(phone_flag::kFictional) || verdict.HasFlag(phone_flag::kM2m);
  if (meant_as_it_is || facts.input.size() > kMaxRepaired || !text::IsValidUtf8(facts.input)) return;
  // An address of e-mail or of the web is no slip of a number.
  if (facts.input.find('@') != std::string_view::npos || facts.input.find("://") != std::string_view::npos)
    return;
  Repair(facts, verdict).Run();
}

}  // namespace limpid::quality
