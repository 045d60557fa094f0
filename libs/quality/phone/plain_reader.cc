#include "libs/quality/phone/plain_reader.h"

#include <utility>

#include "libs/base/strings.h"
#include "libs/quality/phone/typed_digits.h"

namespace limpid::quality {
namespace {

constexpr std::size_t kFewestDigits = 2;  ///< Of a national number.
constexpr std::size_t kMostDigits = 17;
/// Codes shared by more regions than this (+1) tell them apart by the leading digits alone.
constexpr std::size_t kMostSharingRegions = 8;

std::string_view FaultOf(LengthFit fit) {
  switch (fit) {
    case LengthFit::kPossible:
    case LengthFit::kLocalOnly:
      return phone_reason::kInvalidButPossible;
    case LengthFit::kTooShort:
      return phone_reason::kTooShort;
    case LengthFit::kTooLong:
      return phone_reason::kTooLong;
    case LengthFit::kInvalid:
      return phone_reason::kInvalidLength;
  }
  return phone_reason::kNotANumber;
}

PlannedNumber Faulty(std::string_view fault) {
  PlannedNumber read;
  read.fault = fault;
  return read;
}

/// A calling code and the territory by whose habits the national number is read.
struct Reader {
  const CallingCode* code = nullptr;
  int calling_code = 0;
  std::size_t territory = 0;

  const Territory& home() const { return code->territories()[territory]; }
  bool LooksNational(std::string_view digits) const {
    return code->LooksNational(code->Find(digits), territory);
  }
};

/// The calling code that the digits of an international number begin with; its length is that of its digits.
int LeadingCallingCode(const CompiledPlan& plan, std::string_view digits) {
  int code = 0;
  for (std::size_t length = 1; length <= 3 && length <= digits.size(); ++length) {
    code = code * 10 + (digits[length - 1] - '0');
    if (code == 0) return 0;
    if (plan.Exists(code)) return code;
  }
  return 0;
}

/// The number without the national prefix, unless that makes a number of the territory into none. Points into
/// `digits` or `transformed`.
std::string_view WithoutNationalPrefix(const Reader& reader, std::string_view digits,
                                       std::string& transformed) {
  const std::optional<std::string_view> stripped = reader.home().WithoutNationalPrefix(digits, transformed);
  if (!stripped) return digits;
  return reader.LooksNational(digits) && !reader.LooksNational(*stripped) ? digits : *stripped;
}

/// What stands behind the territory's own calling code, where the digits of a national number are that and a
/// number (`33612345678`); nothing for all others.
std::optional<std::string_view> BehindOwnCallingCode(const Reader& home, std::string_view digits,
                                                     std::string& transformed) {
  if (!digits.starts_with(home.code->text())) return std::nullopt;
  std::string_view rest = digits.substr(home.code->text().size());
  if (!rest.empty()) rest = WithoutNationalPrefix(home, rest, transformed);
  const bool too_long = home.home().FitOf(digits.size()) == LengthFit::kTooLong;
  if (!too_long && (home.LooksNational(digits) || !home.LooksNational(rest))) return std::nullopt;
  return rest;
}

/// The number behind its calling code, judged.
PlannedNumber Judge(const Reader& reader, std::string_view digits) {
  if (digits.size() < kFewestDigits) return Faulty(phone_reason::kTooShort);
  std::string transformed;
  const std::string_view stripped = WithoutNationalPrefix(reader, digits, transformed);
  const LengthFit fit = reader.home().FitOf(stripped.size());
  // What is left would be no number by its length: the prefix was none, and the number perhaps a short one.
  if (fit != LengthFit::kTooShort && fit != LengthFit::kLocalOnly && fit != LengthFit::kInvalid) {
    digits = stripped;
  }
  if (digits.size() < kFewestDigits) return Faulty(phone_reason::kTooShort);
  if (digits.size() > kMostDigits) return Faulty(phone_reason::kTooLong);
  PlannedNumber read;
  read.calling_code = reader.calling_code;
  read.national_digits = digits;
  const CallingCode::Standing standing = reader.code->StandingOf(reader.code->Find(digits), digits.size());
  read.type = standing.type;
  if (read.type == PhoneType::kUnknown) {
    read.fault = FaultOf(reader.code->territories().front().FitOf(digits.size()));
  } else {
    read.region = reader.code->territories()[standing.territory].region();
  }
  return read;
}

/// `digits` without plus or international prefix.
std::optional<PlannedNumber> ReadInternational(const CompiledPlan& plan, std::string_view digits) {
  if (digits.size() <= kFewestDigits) return Faulty(phone_reason::kTooShort);
  const int calling_code = LeadingCallingCode(plan, digits);
  if (calling_code == 0) return Faulty(phone_reason::kInvalidCountryCode);
  const Reader reader{.code = plan.Code(calling_code), .calling_code = calling_code, .territory = 0};
  if (reader.code == nullptr) return std::nullopt;
  return Judge(reader, digits.substr(reader.code->text().size()));
}

std::optional<PlannedNumber> ReadNational(const CompiledPlan& plan, const CompiledPlan::Home& region,
                                          std::string_view digits) {
  Reader reader{.code = plan.Code(region.calling_code),
                .calling_code = region.calling_code,
                .territory = region.territory};
  if (reader.code == nullptr || !reader.home().dials()) return std::nullopt;
  if (const auto prefix = reader.home().InternationalPrefix(digits)) {
    const std::string_view rest = digits.substr(*prefix);
    // No calling code begins with a zero.
    if (!rest.starts_with('0')) return ReadInternational(plan, rest);
  }
  std::string transformed;
  if (const auto behind = BehindOwnCallingCode(reader, digits, transformed)) {
    // Behind a calling code the number is read by the habits of the main territory.
    reader.territory = 0;
    return Judge(reader, *behind);
  }
  return Judge(reader, digits);
}

}  // namespace

std::optional<PlannedNumber> ReadPlainly(const CompiledPlan& plan, std::string_view input,
                                         std::string_view region) {
  std::optional<TypedDigits> typed = ReadTypedDigits(input);
  if (!typed) return std::nullopt;
  if (!typed->is_number) return Faulty(phone_reason::kNotANumber);
  const std::optional<CompiledPlan::Home> home = plan.Find(region);
  std::optional<PlannedNumber> read;
  if (typed->plus) {
    read = ReadInternational(plan, typed->digits);
    // A plus that leads nowhere is passed over, if there is a region to read the number in.
    if (home && read && read->fault == phone_reason::kInvalidCountryCode) return std::nullopt;
  } else {
    read = home ? ReadNational(plan, *home, typed->digits) : Faulty(phone_reason::kInvalidCountryCode);
  }
  if (read && read->calling_code != 0) read->extension = std::move(typed->extension);
  return read;
}

std::optional<NumberFormats> FormatPlainly(const CompiledPlan& plan, const PlannedNumber& number) {
  const CallingCode* code = plan.Code(number.calling_code);
  if (code == nullptr) return std::nullopt;
  const std::string& digits = number.national_digits;
  const CallingCode::PatternSet set = code->Find(digits);
  NumberFormats formats;
  formats.international.reserve(2 * digits.size() + 8);
  StrAppend(formats.international, "+", number.calling_code, " ");
  const NumberFormat* international = code->InternationalFormat(set);
  if (international == nullptr) {
    formats.international += digits;
  } else if (!international->AppendInternational(digits, formats.international)) {
    return std::nullopt;
  }
  const NumberFormat* national = code->NationalFormat(set);
  if (national == nullptr) {
    formats.national = digits;
  } else if (!national->AppendNational(digits, formats.national)) {
    return std::nullopt;
  }
  formats.rfc3966 = Rfc3966(formats.international, number.extension);
  return formats;
}

std::optional<RegionCodes> CandidatesPlainly(const CompiledPlan& plan, const PlannedNumber& number) {
  if (!number.valid()) return RegionCodes();
  const CallingCode* code = plan.Code(number.calling_code);
  if (code == nullptr) return std::nullopt;
  RegionCodes candidates{number.region};
  const std::vector<Territory>& sharing = code->territories();
  if (sharing.size() > kMostSharingRegions) return candidates;
  const std::string& digits = number.national_digits;
  const CallingCode::Standing standing = code->StandingOf(code->Find(digits), digits.size());
  for (std::size_t t = 0; t < sharing.size(); ++t) {
    if (t != standing.territory && (standing.candidates >> t & 1) != 0) {
      candidates.push_back(sharing[t].region());
    }
  }
  return candidates;
}

std::string Rfc3966(std::string_view international, std::string_view extension) {
  std::string uri;
  uri.reserve(international.size() + extension.size() + 9);
  uri = "tel:+";
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
  if (!extension.empty()) StrAppend(uri, ";ext=", extension);
  return uri;
}

}  // namespace limpid::quality
