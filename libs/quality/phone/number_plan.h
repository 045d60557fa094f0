#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/quality/phone/verdict.h"

/// The world's number plan, as libphonenumber knows it. libphonenumber stays behind this header: it costs
/// four times as much to compile as all the rest of a file. Thread-safe.
namespace limpid::quality {

/// What the plan says of a number as it was typed.
struct PlannedNumber {
  std::string_view fault;  ///< One of phone_reason; empty when the number is valid.
  int calling_code = 0;    ///< 0 when not even that could be read; then all below is empty.
  std::string national_digits;
  std::string extension;
  std::string region;
  PhoneType type = PhoneType::kUnknown;

  bool valid() const { return fault.empty(); }
  /// `+` and the digits, for valid numbers and for those that only look like one.
  std::string E164() const;
};

/// Reads a number. `region` is assumed where no calling code is given; empty or unknown means none.
PlannedNumber ReadNumber(std::string_view input, std::string_view region);

/// The calling code of the overseas department to which a French range belongs (`0690` is Guadeloupe's and
/// has +590): dialled like a domestic number from mainland France, never valid behind +33. Empty for all
/// others.
std::string_view OverseasCallingCode(const PlannedNumber& number);

struct NumberFormats {
  std::string national;
  std::string international;
  std::string rfc3966;
};
/// The formats of a number that was read; the extension stands in the RFC 3966 form alone.
NumberFormats FormatNumber(const PlannedNumber& number);

/// Regions of the number's calling code whose plan has the number, its own first: GP, BL and MF share +590.
std::vector<std::string> CandidateRegions(const PlannedNumber& number);

enum class ShortNumber { kNone, kShortCode, kEmergency };
/// What the digits mean when dialled inside the region.
ShortNumber ReadShortNumber(std::string_view digits, std::string_view region);

/// The digit or digits dialled before a national number (`0` in France); empty where there is none.
std::string TrunkPrefix(std::string_view region);
/// 0 for an unknown region.
int CallingCodeOf(std::string_view region);

/// Which number plan this is. Changes when the library or its metadata do.
std::string_view NumberPlanVersion();

}  // namespace limpid::quality
