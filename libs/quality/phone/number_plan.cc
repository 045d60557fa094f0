#include "libs/quality/phone/number_plan.h"

#include <algorithm>
#include <list>

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include "libs/base/strings.h"
#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

/// libphonenumber's word for "no region".
constexpr const char* kNoRegion = "ZZ";
/// libphonenumber reads 250 characters; this many bytes hold them in any script.
constexpr std::size_t kMaxInput = 1000;
/// Codes shared by more regions than this (+1) tell them apart by the leading digits alone.
constexpr std::size_t kMaxSharingRegions = 8;

const PhoneNumberUtil& Util() {
  static const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  return util;
}

std::string_view FaultOf(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR:
      return {};
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return phone_reason::kInvalidCountryCode;
    case PhoneNumberUtil::NOT_A_NUMBER:
      return phone_reason::kNotANumber;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN:
      return phone_reason::kTooShort;
    case PhoneNumberUtil::TOO_LONG_NSN:
      return phone_reason::kTooLong;
  }
  return phone_reason::kNotANumber;
}

std::string_view FaultOf(PhoneNumberUtil::ValidationResult result) {
  switch (result) {
    case PhoneNumberUtil::IS_POSSIBLE:
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
      return phone_reason::kInvalidButPossible;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE:
      return phone_reason::kInvalidCountryCode;
    case PhoneNumberUtil::TOO_SHORT:
      return phone_reason::kTooShort;
    case PhoneNumberUtil::TOO_LONG:
      return phone_reason::kTooLong;
    case PhoneNumberUtil::INVALID_LENGTH:
      return phone_reason::kInvalidLength;
  }
  return phone_reason::kNotANumber;
}

PhoneType TypeOf(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::FIXED_LINE:
      return PhoneType::kFixedLine;
    case PhoneNumberUtil::MOBILE:
      return PhoneType::kMobile;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
      return PhoneType::kFixedLineOrMobile;
    case PhoneNumberUtil::TOLL_FREE:
      return PhoneType::kTollFree;
    case PhoneNumberUtil::PREMIUM_RATE:
      return PhoneType::kPremiumRate;
    case PhoneNumberUtil::SHARED_COST:
      return PhoneType::kSharedCost;
    case PhoneNumberUtil::VOIP:
      return PhoneType::kVoip;
    case PhoneNumberUtil::PERSONAL_NUMBER:
      return PhoneType::kPersonalNumber;
    case PhoneNumberUtil::PAGER:
      return PhoneType::kPager;
    case PhoneNumberUtil::UAN:
      return PhoneType::kUan;
    case PhoneNumberUtil::VOICEMAIL:
      return PhoneType::kVoicemail;
    case PhoneNumberUtil::UNKNOWN:
      return PhoneType::kUnknown;
  }
  return PhoneType::kUnknown;
}

/// The library's own number from our fields. The extension stays out: it would end up in every format.
PhoneNumber Rebuild(const PlannedNumber& number) {
  PhoneNumber rebuilt;
  rebuilt.set_country_code(number.calling_code);
  const std::string& digits = number.national_digits;
  const auto zeros = std::min(digits.find_first_not_of('0'), digits.size());
  if (zeros > 0) {
    rebuilt.set_italian_leading_zero(true);
    rebuilt.set_number_of_leading_zeros(static_cast<int>(zeros));
  }
  uint64_t value = 0;
  for (const char c : digits) value = value * 10 + static_cast<uint64_t>(c - '0');
  rebuilt.set_national_number(value);
  return rebuilt;
}

/// RFC 3966 from the international format: the same groups, parted by hyphens. Formatting once more would
/// cost another round of regular expressions.
std::string Rfc3966(const PlannedNumber& number, std::string_view international) {
  std::string uri = "tel:+";
  bool pending = false;
  for (const char c : international.substr(1)) {
    if (c >= '0' && c <= '9') {
      if (pending) uri.push_back('-');
      pending = false;
      uri.push_back(c);
    } else {
      pending = true;
    }
  }
  if (!number.extension.empty()) StrAppend(uri, ";ext=", number.extension);
  return uri;
}

}  // namespace

std::string PlannedNumber::E164() const { return StrCat("+", calling_code, national_digits); }

PlannedNumber ReadNumber(std::string_view input, std::string_view region) {
  PlannedNumber read;
  if (input.size() > kMaxInput) {
    read.fault = phone_reason::kTooLong;
    return read;
  }
  if (!text::IsValidUtf8(input)) {
    read.fault = phone_reason::kNotANumber;
    return read;
  }
  PhoneNumber number;
  const std::string assumed = region.empty() ? kNoRegion : std::string(region);
  const PhoneNumberUtil::ErrorType error = Util().Parse(std::string(input), assumed, &number);
  if (error != PhoneNumberUtil::NO_PARSING_ERROR) {
    read.fault = FaultOf(error);
    return read;
  }
  read.calling_code = number.country_code();
  Util().GetNationalSignificantNumber(number, &read.national_digits);
  read.extension = number.extension();
  // The type answers validity too: it is UNKNOWN exactly when no pattern of the region matches.
  read.type = TypeOf(Util().GetNumberType(number));
  if (read.type != PhoneType::kUnknown && !OverseasCallingCode(read).empty()) {
    // The packaged plan still takes some of these for ranges of mainland France.
    read.type = PhoneType::kUnknown;
    read.fault = phone_reason::kInvalidButPossible;
  } else if (read.type == PhoneType::kUnknown) {
    read.fault = FaultOf(Util().IsPossibleNumberWithReason(number));
  } else {
    Util().GetRegionCodeForNumber(number, &read.region);
  }
  return read;
}

std::string_view OverseasCallingCode(const PlannedNumber& number) {
  constexpr struct {
    std::string_view prefix;
    std::string_view calling_code;
  } kOverseas[] = {
      {"262", "262"}, {"263", "262"}, {"269", "262"}, {"590", "590"}, {"594", "594"},
      {"596", "596"}, {"639", "262"}, {"690", "590"}, {"691", "590"}, {"692", "262"},
      {"693", "262"}, {"694", "594"}, {"696", "596"}, {"697", "596"},
  };
  if (number.calling_code != 33) return {};
  const auto* found = std::find_if(std::begin(kOverseas), std::end(kOverseas), [&](const auto& range) {
    return number.national_digits.starts_with(range.prefix);
  });
  return found == std::end(kOverseas) ? std::string_view() : found->calling_code;
}

NumberFormats FormatNumber(const PlannedNumber& number) {
  const PhoneNumber rebuilt = Rebuild(number);
  NumberFormats formats;
  Util().Format(rebuilt, PhoneNumberUtil::NATIONAL, &formats.national);
  Util().Format(rebuilt, PhoneNumberUtil::INTERNATIONAL, &formats.international);
  formats.rfc3966 = Rfc3966(number, formats.international);
  return formats;
}

std::vector<std::string> CandidateRegions(const PlannedNumber& number) {
  std::vector<std::string> candidates;
  if (number.region.empty()) return candidates;
  candidates.push_back(number.region);
  std::list<std::string> sharing;
  Util().GetRegionCodesForCountryCallingCode(number.calling_code, &sharing);
  if (sharing.size() < 2 || sharing.size() > kMaxSharingRegions) return candidates;
  const PhoneNumber rebuilt = Rebuild(number);
  for (const std::string& region : sharing) {
    if (region != number.region && Util().IsValidNumberForRegion(rebuilt, region))
      candidates.push_back(region);
  }
  return candidates;
}

ShortNumber ReadShortNumber(std::string_view digits, std::string_view region) {
  static const ShortNumberInfo info;
  const std::string dialled(digits);
  const std::string where(region);
  if (info.IsEmergencyNumber(dialled, where)) return ShortNumber::kEmergency;
  PhoneNumber number;
  if (Util().Parse(dialled, where, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return ShortNumber::kNone;
  return info.IsValidShortNumberForRegion(number, where) ? ShortNumber::kShortCode : ShortNumber::kNone;
}

std::string TrunkPrefix(std::string_view region) {
  std::string prefix;
  Util().GetNddPrefixForRegion(std::string(region), true, &prefix);
  return prefix;
}

int CallingCodeOf(std::string_view region) { return Util().GetCountryCodeForRegion(std::string(region)); }

std::string_view NumberPlanVersion() { return "libphonenumber-8.12.57"; }

}  // namespace limpid::quality
