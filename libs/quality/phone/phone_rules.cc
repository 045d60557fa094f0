#include "libs/quality/phone/phone_rules.h"

#include <algorithm>
#include <string>
#include <utility>

#include "libs/base/trim.h"
#include "libs/quality/phone/number_plan.h"
#include "libs/quality/phone/registry.h"
#include "libs/quality/phone/typed/reading.h"

namespace limpid::quality {
namespace {

/// ISO 3166-1 alpha-2 in upper case; empty for anything else.
std::string Region(std::string_view given) {
  if (given.size() != 2) return {};
  std::string region(given);
  for (char& c : region) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    if (c < 'A' || c > 'Z') return {};
  }
  return region;
}

bool IsBlank(std::string_view input) { return Trim(input).empty(); }

PhoneStatus StatusOf(const PhoneVerdict& verdict, bool valid) {
  if (!valid) return PhoneStatus::kInvalid;
  for (const std::string_view flag :
       {phone_flag::kPlaceholder, phone_flag::kFictional, phone_flag::kTemporary}) {
    if (verdict.HasFlag(flag)) return PhoneStatus::kRisky;
  }
  return PhoneStatus::kValid;
}

void Describe(const NumberPlan& plan, const PlannedNumber& number, PhoneVerdict& verdict) {
  verdict.calling_code = number.calling_code;
  verdict.type = number.type;
  if (!number.valid()) return;
  NumberFormats formats = plan.Format(number);
  verdict.e164 = number.E164();
  verdict.national = std::move(formats.national);
  verdict.international = std::move(formats.international);
  verdict.rfc3966 = std::move(formats.rfc3966);
  verdict.extension = number.extension;
  verdict.region_code = number.region;
  verdict.region_candidates = plan.CandidateRegions(number);
}

}  // namespace

void AddFlag(PhoneVerdict& verdict, std::string_view flag) {
  if (!verdict.HasFlag(flag)) verdict.flags.push_back(flag);
}

void AddReason(PhoneVerdict& verdict, std::string_view reason) {
  if (!verdict.HasReason(reason)) verdict.reasons.push_back(reason);
}

PhoneRules::PhoneRules(std::shared_ptr<const QualityData> data) : data_(std::move(data)) {}

PhoneVerdict PhoneRules::Verify(std::string_view input, std::string_view default_region,
                                const LikelyRegions& likely) const {
  PhoneVerdict verdict;
  const NumberPlan& plan = data_->number_plan();
  verdict.metadata_version = plan.version();
  if (IsBlank(input)) {
    verdict.status = PhoneStatus::kInvalid;
    verdict.reasons = {phone_reason::kEmpty};
    return verdict;
  }
  const std::string region = Region(default_region);
  const PlannedNumber number = ReadAsTyped(plan, input, region);
  if (!number.valid()) AddReason(verdict, number.fault);
  Describe(plan, number, verdict);
  const PhoneFacts facts{.input = input,
                         .region = region,
                         .likely = likely,
                         .number = number,
                         .plan = plan,
                         .ranges = data_->phone(),
                         .moved_numbers = data_->moved_numbers()};
  for (const RegisteredPhoneRule& rule : PhoneRuleRegistry()) rule.apply(facts, verdict);
  verdict.status = StatusOf(verdict, number.valid());
  return verdict;
}

std::string PhoneRules::E164(std::string_view input, std::string_view default_region) const {
  if (IsBlank(input)) return {};
  const PlannedNumber number = ReadAsTyped(data_->number_plan(), input, Region(default_region));
  return number.valid() ? number.E164() : std::string();
}

}  // namespace limpid::quality
