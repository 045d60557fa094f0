#include "libs/quality/phone/library_reader.h"

#include <algorithm>
#include <cstdint>
#include <list>

#include <phonenumbers/phonenumberutil.h>

#include "libs/quality/phone/plain_reader.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// libphonenumber's word for "no region".
constexpr const char* kNoRegion = "ZZ";
/// Codes shared by more regions than this (+1) tell them apart by the leading digits alone.
constexpr std::size_t kMaxSharingRegions = 8;

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
  if (digits.empty()) return rebuilt;
  // The number itself keeps one digit, be it a zero.
  const auto zeros = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  if (zeros > 0) {
    rebuilt.set_italian_leading_zero(true);
    rebuilt.set_number_of_leading_zeros(static_cast<int>(zeros));
  }
  uint64_t value = 0;
  for (const char c : digits) value = value * 10 + static_cast<uint64_t>(c - '0');
  rebuilt.set_national_number(value);
  return rebuilt;
}

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// `+` and digits with visual separators (RFC 3966, global-number-digits).
bool IsGlobalNumber(std::string_view context) {
  return context.starts_with('+') && context.find_first_of("0123456789") != std::string_view::npos &&
         context.find_first_not_of("0123456789-.()", 1) == std::string_view::npos;
}

/// Labels of letters, digits and inner hyphens, the last one begun by a letter (RFC 3966, domainname).
bool IsDomainName(std::string_view context) {
  if (context.ends_with('.')) context.remove_suffix(1);
  for (;;) {
    const std::size_t dot = context.find('.');
    const std::string_view label = context.substr(0, dot);
    if (label.empty() || !IsAlphanumeric(label.front()) || !IsAlphanumeric(label.back())) return false;
    if (!std::all_of(label.begin(), label.end(), [](char c) { return c == '-' || IsAlphanumeric(c); }))
      return false;
    if (dot == std::string_view::npos) return label.front() > '9';
    context.remove_prefix(dot + 1);
  }
}

/// Newer versions of the library refuse a `;phone-context=` that is neither; the packaged one reads on.
bool HasBadPhoneContext(std::string_view input) {
  constexpr std::string_view kParameter = ";phone-context=";
  const std::size_t at = input.find(kParameter);
  if (at == std::string_view::npos) return false;
  std::string_view context = input.substr(at + kParameter.size());
  context = context.substr(0, context.find(';'));
  return !IsGlobalNumber(context) && !IsDomainName(context);
}

}  // namespace

PlannedNumber ReadWithLibrary(const LibraryInstance& library, std::string_view input,
                              std::string_view region) {
  const PhoneNumberUtil& util = library.util();
  PlannedNumber read;
  if (HasBadPhoneContext(input)) {
    read.fault = phone_reason::kNotANumber;
    return read;
  }
  PhoneNumber number;
  const std::string assumed = region.empty() ? kNoRegion : std::string(region);
  const PhoneNumberUtil::ErrorType error = util.Parse(std::string(input), assumed, &number);
  if (error != PhoneNumberUtil::NO_PARSING_ERROR) {
    read.fault = FaultOf(error);
    return read;
  }
  read.calling_code = number.country_code();
  util.GetNationalSignificantNumber(number, &read.national_digits);
  read.extension = number.extension();
  // The type answers validity too: it is UNKNOWN exactly when no pattern of the region matches.
  read.type = TypeOf(util.GetNumberType(number));
  if (read.type == PhoneType::kUnknown) {
    read.fault = FaultOf(util.IsPossibleNumberWithReason(number));
  } else {
    util.GetRegionCodeForNumber(number, &read.region);
  }
  return read;
}

NumberFormats FormatWithLibrary(const LibraryInstance& library, const PlannedNumber& number) {
  const PhoneNumber rebuilt = Rebuild(number);
  NumberFormats formats;
  library.util().Format(rebuilt, PhoneNumberUtil::NATIONAL, &formats.national);
  library.util().Format(rebuilt, PhoneNumberUtil::INTERNATIONAL, &formats.international);
  formats.rfc3966 = Rfc3966(formats.international, number.extension);
  return formats;
}

RegionCodes CandidatesOfLibrary(const LibraryInstance& library, const PlannedNumber& number) {
  RegionCodes candidates;
  if (number.region.empty()) return candidates;
  candidates.push_back(number.region);
  std::list<std::string> sharing;
  library.util().GetRegionCodesForCountryCallingCode(number.calling_code, &sharing);
  if (sharing.size() < 2 || sharing.size() > kMaxSharingRegions) return candidates;
  const PhoneNumber rebuilt = Rebuild(number);
  for (const std::string& region : sharing) {
    if (region != number.region && library.util().IsValidNumberForRegion(rebuilt, region))
      candidates.push_back(region);
  }
  return candidates;
}

}  // namespace limpid::quality
