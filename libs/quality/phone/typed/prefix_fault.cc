#include "libs/quality/phone/typed/prefix_fault.h"

#include <algorithm>
#include <string>

#include "libs/base/strings.h"
#include "libs/quality/phone/typed/typed_text.h"

namespace limpid::quality {
namespace {

/// Fewer digits before a second plus are a prefix, more are a number of their own.
constexpr std::size_t kMostPrefixDigits = 5;
/// As many digits as E.164 allows, and the two zeros typed for the plus.
constexpr std::size_t kMostDigits = 24;

std::string_view WithoutZeros(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

/// Whether digits begin with the calling code of the default region, or of overseas France where that is
/// France: other codes are too often the beginning of a number with a digit too many.
bool IsHomeCode(std::string_view digits, const Readers& readers) {
  constexpr std::string_view kOverseasFrance[] = {"590", "594", "596", "262", "508"};
  constexpr std::size_t kFewestWithOverseasCode = 12;
  if (readers.region.empty()) return false;
  if (digits.starts_with(std::to_string(CallingCodeOf(readers.region)))) return true;
  if (readers.region != "FR" || digits.size() < kFewestWithOverseasCode) return false;
  return std::any_of(std::begin(kOverseasFrance), std::end(kOverseasFrance),
                     [&](std::string_view code) { return digits.starts_with(code); });
}

/// Reads candidates until one is valid.
class Attempts {
 public:
  Attempts(std::string_view fault, const Readers& readers) : fault_(fault), readers_(readers) {}

  void International(std::string_view digits, double confidence, std::string_view reason = {}) {
    if (found_ || digits.empty() || digits[0] == '0') return;
    Try(readers_.plan.Read(StrCat("+", digits), {}), confidence, reason);
  }
  void National(std::string_view digits, double confidence) {
    if (found_ || readers_.region.empty()) return;
    Try(readers_.plan.Read(digits, readers_.region), confidence, {});
  }
  std::optional<Meant> Found() && { return std::move(found_); }

 private:
  void Try(PlannedNumber number, double confidence, std::string_view reason) {
    found_ = IfValid(std::move(number), reason.empty() ? fault_ : reason, confidence);
  }

  std::string_view fault_;
  const Readers& readers_;
  std::optional<Meant> found_;
};

/// How many of the digits are the calling code (ITU-T E.164): one in North America and Russia, else two or
/// three.
std::size_t CallingCodeLength(std::string_view digits) {
  constexpr std::string_view kOfTwo[] = {"20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41",
                                         "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54",
                                         "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66",
                                         "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"};
  if (digits.starts_with("1") || digits.starts_with("7")) return 1;
  return std::binary_search(std::begin(kOfTwo), std::end(kOfTwo), digits.substr(0, 2)) ? 2 : 3;
}

/// `33 33 6…`, `33 0033 6…`, `33 (0)06…`: what follows a calling code that stands there twice or is followed
/// by zeros.
void BehindCallingCode(std::string_view digits, Attempts& attempts) {
  const std::size_t length = CallingCodeLength(digits);
  if (length >= digits.size()) return;
  const std::string_view code = digits.substr(0, length);
  const std::string_view rest = WithoutZeros(digits.substr(length));
  if (rest.starts_with(code)) attempts.International(rest, 0.9);
  if (rest.size() + 1 < digits.size() - length) attempts.International(StrCat(code, rest), 0.9);
}

}  // namespace

std::optional<Meant> WithoutPrefixFault(std::string_view text, std::string_view fault,
                                        const Readers& readers) {
  const std::string digits = DigitsOf(text);
  // Every repair here takes something away.
  if (fault == phone_reason::kTooShort && !digits.starts_with("0")) return std::nullopt;
  if (digits.size() > kMostDigits) return std::nullopt;
  const std::string_view significant = WithoutZeros(digits);
  const std::size_t plus = text.rfind('+');
  const bool has_plus = plus != std::string_view::npos;

  Attempts attempts(fault, readers);
  if (has_plus && plus > 0) {
    const std::string behind = DigitsOf(text.substr(plus));
    if (digits.size() - behind.size() <= kMostPrefixDigits)
      attempts.International(WithoutZeros(behind), 0.92);
    if (behind.empty()) attempts.International(significant, 0.85);
  }
  if (has_plus && digits.starts_with("0")) attempts.International(significant, 0.92);
  const bool without_plus = fault == phone_reason::kTooLong && IsHomeCode(digits, readers);
  if (has_plus || digits.starts_with("00") || without_plus) BehindCallingCode(significant, attempts);
  if (digits.starts_with("00")) attempts.National(std::string_view(digits).substr(1), 0.8);
  if (has_plus) attempts.National(digits, 0.8);
  if (!has_plus && digits.starts_with("0") && !digits.starts_with("00")) {
    if (digits.starts_with("011")) {
      attempts.International(significant.substr(2), 0.85, phone_reason::kWrongDefaultRegion);
    }
    if (fault == phone_reason::kTooLong && IsHomeCode(significant, readers)) {
      attempts.International(significant, 0.85);
    }
  }
  if (!has_plus && digits.starts_with("0011")) {
    attempts.International(significant.substr(2), 0.85, phone_reason::kWrongDefaultRegion);
  }
  return std::move(attempts).Found();
}

}  // namespace limpid::quality
