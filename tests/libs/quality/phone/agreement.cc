#include "tests/libs/quality/phone/agreement.h"

#include <list>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <phonenumbers/phonenumberutil.h>

#include "libs/base/strings.h"
#include "libs/quality/phone/library_instance.h"
#include "libs/quality/phone/plain_reader.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

std::string_view Word(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return "INVALID_COUNTRY_CODE";
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN:
      return "TOO_SHORT";
    case PhoneNumberUtil::TOO_LONG_NSN:
      return "TOO_LONG";
    default:
      return "NOT_A_NUMBER";
  }
}

std::string_view Word(PhoneNumberUtil::ValidationResult result) {
  switch (result) {
    case PhoneNumberUtil::TOO_SHORT:
      return "TOO_SHORT";
    case PhoneNumberUtil::TOO_LONG:
      return "TOO_LONG";
    case PhoneNumberUtil::INVALID_LENGTH:
      return "INVALID_LENGTH";
    case PhoneNumberUtil::INVALID_COUNTRY_CODE:
      return "INVALID_COUNTRY_CODE";
    default:
      return "INVALID_BUT_POSSIBLE";
  }
}

std::string_view Word(PhoneNumberUtil::PhoneNumberType type) {
  static constexpr std::string_view kWords[] = {"FIXED_LINE", "MOBILE",          "FIXED_LINE_OR_MOBILE",
                                                "TOLL_FREE",  "PREMIUM_RATE",    "SHARED_COST",
                                                "VOIP",       "PERSONAL_NUMBER", "PAGER",
                                                "UAN",        "VOICEMAIL",       "UNKNOWN"};
  return kWords[type];
}

/// What the library says when it is asked for each thing by its own call.
struct Asked {
  std::string number;
  std::string formats;
  std::string regions;  ///< Those whose plan has the number, the number's own first.
};

std::string SharedBy(const PhoneNumberUtil& util, const PhoneNumber& number, const std::string& own) {
  std::list<std::string> sharing;
  util.GetRegionCodesForCountryCallingCode(number.country_code(), &sharing);
  std::string regions = own;
  if (sharing.size() > 8) return regions;
  for (const std::string& region : sharing) {
    if (region != own && util.IsValidNumberForRegion(number, region)) StrAppend(regions, " ", region);
  }
  return regions;
}

Asked Ask(const PhoneNumberUtil& util, const std::string& input, const std::string& region) {
  PhoneNumber number;
  const PhoneNumberUtil::ErrorType error = util.Parse(input, region.empty() ? "ZZ" : region, &number);
  if (error != PhoneNumberUtil::NO_PARSING_ERROR)
    return {.number = std::string(Word(error)), .formats = {}, .regions = {}};
  const bool valid = util.IsValidNumber(number);
  std::string e164;
  std::string rfc3966;
  std::string own;
  util.Format(number, PhoneNumberUtil::E164, &e164);
  util.Format(number, PhoneNumberUtil::RFC3966, &rfc3966);
  if (valid) util.GetRegionCodeForNumber(number, &own);
  const std::string_view fault = valid ? "" : Word(util.IsPossibleNumberWithReason(number));
  Asked asked{.number = StrCat(fault, " ", e164, " ext '", number.extension(), "' ",
                               Word(util.GetNumberType(number)), " ", own),
              .formats = {},
              .regions = valid ? SharedBy(util, number, own) : ""};
  number.clear_extension();
  std::string national;
  std::string international;
  util.Format(number, PhoneNumberUtil::NATIONAL, &national);
  util.Format(number, PhoneNumberUtil::INTERNATIONAL, &international);
  asked.formats = StrCat(national, " | ", international, " | ", rfc3966);
  return asked;
}

std::string NumberOf(const PlannedNumber& number) {
  if (number.calling_code == 0) return std::string(number.fault);
  return StrCat(number.fault, " ", number.E164(), " ext '", number.extension, "' ", Name(number.type), " ",
                number.region);
}

}  // namespace

void Agreement::Compare(const std::string& input, const std::string& region) {
  ++compared_;
  if (ReadPlainly(plan_.compiled(), input, region).has_value()) ++read_plainly_;
  const Asked asked = Ask(plan_.library().util(), input, region);
  const PlannedNumber read = plan_.Read(input, region);
  EXPECT_EQ(NumberOf(read), asked.number) << input << " in " << region;
  if (read.calling_code == 0) return;
  const NumberFormats formats = plan_.Format(read);
  EXPECT_EQ(StrCat(formats.national, " | ", formats.international, " | ", formats.rfc3966), asked.formats)
      << input << " in " << region;
  std::string regions;
  for (const std::string& candidate : plan_.CandidateRegions(read)) {
    StrAppend(regions, regions.empty() ? "" : " ", candidate);
  }
  EXPECT_EQ(regions, asked.regions) << input << " in " << region;
}

}  // namespace limpid::quality
