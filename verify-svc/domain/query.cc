#include "verify-svc/domain/query.h"

#include <algorithm>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/phone/number_plan.h"
#include "libs/quality/phone/typing/typed_entry.h"

namespace limpid::verify {
namespace {

// Of UTF-8: every byte that does not continue a character begins one.
std::size_t Characters(std::string_view text) {
  return std::ranges::count_if(text, [](unsigned char byte) { return (byte & 0xC0) != 0x80; });
}

void CheckLength(std::string_view field, std::string_view text, std::size_t most, ErrorCollector& errors) {
  // No text has more characters than bytes.
  if (text.size() <= most || Characters(text) <= most) return;
  errors.Add(field, reason::kTooLong, StrCat("At most ", most, " characters."));
}

void CheckGiven(std::string_view field, std::string_view text, std::size_t most, ErrorCollector& errors) {
  if (text.empty()) errors.Add(field, reason::kRequired, "Give what the person typed.");
  CheckLength(field, text, most, errors);
}

void CheckRegion(std::string_view region, ErrorCollector& errors) {
  if (region.empty()) return;
  const bool two_letters =
      region.size() == 2 && std::ranges::all_of(region, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!two_letters) {
    errors.Add("default_region", reason::kInvalidFormat, "Two upper-case letters of ISO 3166-1, such as FR.");
  } else if (quality::CallingCodeOf(region) == 0) {
    errors.Add("default_region", reason::kUnknownValue, "No country with telephones has this code.");
  }
}

void CheckBudget(const std::optional<absl::Duration>& budget, ErrorCollector& errors) {
  if (!budget || (*budget > absl::ZeroDuration() && *budget <= kMaxBudget)) return;
  errors.Add("budget", reason::kOutOfRange, "More than nothing and at most 60 seconds.");
}

}  // namespace

absl::Status Check(const EmailQuery& query) {
  ErrorCollector errors;
  CheckLength("id", query.id, kMaxIdCharacters, errors);
  CheckGiven("email", query.email, kMaxEmailCharacters, errors);
  CheckBudget(query.budget, errors);
  return errors.Finish();
}

absl::Status Check(const PhoneQuery& query) {
  ErrorCollector errors;
  CheckLength("id", query.id, kMaxIdCharacters, errors);
  CheckGiven("phone", query.phone, kMaxPhoneCharacters, errors);
  CheckRegion(query.default_region, errors);
  CheckBudget(query.budget, errors);
  return errors.Finish();
}

absl::Status Check(const PersonQuery& query) {
  ErrorCollector errors;
  CheckLength("email", query.email, kMaxEmailCharacters, errors);
  CheckLength("phone", query.phone, kMaxPhoneCharacters, errors);
  CheckRegion(query.default_region, errors);
  CheckBudget(query.budget, errors);
  return errors.Finish();
}

absl::Status Check(const TypingQuery& query) {
  ErrorCollector errors;
  CheckLength("digits", query.digits, kMaxPhoneCharacters, errors);
  CheckRegion(query.default_region, errors);
  if (query.caret &&
      (*query.caret < 0 || static_cast<std::size_t>(*query.caret) > quality::Utf16Length(query.digits))) {
    errors.Add("caret", reason::kOutOfRange, "A place in `digits`: 0 to its length in UTF-16 code units.");
  }
  return errors.Finish();
}

}  // namespace limpid::verify
