#include "gateway/capture/validation.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

constexpr size_t kMaxEmail = 1024;
constexpr size_t kMaxPhone = 256;
constexpr size_t kMaxName = 200;
constexpr size_t kMaxForm = 128;
constexpr size_t kMaxLanguage = 35;
constexpr size_t kMaxPostalCode = 16;
constexpr size_t kMaxAddressLines = 6;
constexpr size_t kMaxCode = 16;
constexpr int64_t kMaxBudgetSeconds = 10;

// Code points: every byte that does not continue one. The doors have refused what is not UTF-8.
size_t Characters(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

void CheckLength(ErrorCollector& errors, std::string_view field, std::string_view text, size_t most) {
  // Bytes bound characters from above: most fields are decided without counting.
  if (text.size() <= most || Characters(text) <= most) return;
  errors.Add(field, reason::kTooLong, StrCat("At most ", most, " characters."));
}

void CheckRegion(ErrorCollector& errors, std::string_view field, std::string_view region) {
  if (region.empty()) return;
  const bool right =
      region.size() == 2 && std::ranges::all_of(region, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!right) {
    errors.Add(field, reason::kInvalidFormat, "An ISO 3166-1 alpha-2 code in upper case, such as FR.");
  }
}

std::optional<int> Digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
  return value;
}

void CheckBirthDate(ErrorCollector& errors, std::string_view date, absl::CivilDay today) {
  if (date.empty()) return;
  if (date.size() == 10 && date[4] == '-' && date[7] == '-') {
    const auto year = Digits(date.substr(0, 4));
    const auto month = Digits(date.substr(5, 2));
    const auto day = Digits(date.substr(8, 2));
    if (year && month && day) {
      const absl::CivilDay civil(*year, *month, *day);
      // CivilDay rolls 02-30 over to March: a date that comes back changed does not exist.
      if (civil.year() == *year && civil.month() == *month && civil.day() == *day) {
        if (civil < absl::CivilDay(1900, 1, 1) || civil > today) {
          errors.Add("birth_date", reason::kOutOfRange, "Between 1900-01-01 and today.");
        }
        return;
      }
    }
  }
  errors.Add("birth_date", reason::kInvalidFormat, "An ISO 8601 date that exists, such as 1980-02-29.");
}

void CheckAddress(ErrorCollector& errors, const type::v1::PostalAddress& address) {
  CheckRegion(errors, "postal_address.region_code", address.region_code());
  CheckLength(errors, "postal_address.postal_code", address.postal_code(), kMaxPostalCode);
  CheckLength(errors, "postal_address.locality", address.locality(), kMaxName);
  CheckLength(errors, "postal_address.commune_code", address.commune_code(), kMaxCode);
  CheckLength(errors, "postal_address.department_code", address.department_code(), kMaxCode);
  CheckLength(errors, "postal_address.department", address.department(), kMaxName);
  CheckLength(errors, "postal_address.administrative_area_code", address.administrative_area_code(),
              kMaxCode);
  CheckLength(errors, "postal_address.administrative_area", address.administrative_area(), kMaxName);
  if (static_cast<size_t>(address.address_lines_size()) > kMaxAddressLines) {
    errors.Add("postal_address.address_lines", reason::kTooMany,
               StrCat("At most ", kMaxAddressLines, " lines."));
  }
  for (int i = 0; i < address.address_lines_size(); ++i) {
    CheckLength(errors, StrCat("postal_address.address_lines[", i, "]"), address.address_lines(i), kMaxName);
  }
}

template <class Request>
void CheckBudget(ErrorCollector& errors, const Request& request) {
  if (!request.has_budget()) return;
  const auto& budget = request.budget();
  const bool positive =
      budget.seconds() >= 0 && budget.nanos() >= 0 && (budget.seconds() > 0 || budget.nanos() > 0);
  const bool small =
      budget.seconds() < kMaxBudgetSeconds || (budget.seconds() == kMaxBudgetSeconds && budget.nanos() == 0);
  if (!positive || !small) {
    errors.Add("budget", reason::kOutOfRange, StrCat("Above 0 and at most ", kMaxBudgetSeconds, " s."));
  }
}

// Check and Submit have the same fields under the same names.
template <class Request>
void CheckTyped(ErrorCollector& errors, const Request& request, absl::CivilDay today) {
  if (request.email().empty() && request.phone().empty()) {
    errors.Add("email", reason::kRequired, "Give an e-mail address or a phone number.");
  }
  CheckLength(errors, "email", request.email(), kMaxEmail);
  CheckLength(errors, "phone", request.phone(), kMaxPhone);
  CheckLength(errors, "given_name", request.given_name(), kMaxName);
  CheckLength(errors, "family_name", request.family_name(), kMaxName);
  CheckLength(errors, "company", request.company(), kMaxName);
  CheckLength(errors, "form", request.form(), kMaxForm);
  CheckLength(errors, "language_code", request.language_code(), kMaxLanguage);
  CheckRegion(errors, "default_region", request.default_region());
  CheckBirthDate(errors, request.birth_date(), today);
  if (request.has_postal_address()) CheckAddress(errors, request.postal_address());
  CheckBudget(errors, request);
  if (!type::v1::Depth::Value_IsValid(request.depth())) {
    errors.Add("depth", reason::kUnknownValue, "FAST, STANDARD or DEEP.");
  }
}

}  // namespace

absl::Status Validate(const v1::CheckRequest& request, absl::CivilDay today) {
  ErrorCollector errors;
  CheckTyped(errors, request, today);
  return errors.Finish();
}

absl::Status Validate(const v1::SubmitRequest& request, absl::CivilDay today) {
  ErrorCollector errors;
  CheckTyped(errors, request, today);
  return errors.Finish();
}

v1::CheckRequest CheckPartOf(const v1::SubmitRequest& request) {
  v1::CheckRequest check;
  check.set_email(request.email());
  check.set_phone(request.phone());
  check.set_given_name(request.given_name());
  check.set_family_name(request.family_name());
  check.set_company(request.company());
  if (request.has_postal_address()) *check.mutable_postal_address() = request.postal_address();
  check.set_birth_date(request.birth_date());
  check.set_default_region(request.default_region());
  check.set_language_code(request.language_code());
  check.set_form(request.form());
  if (request.has_budget()) *check.mutable_budget() = request.budget();
  check.set_depth(request.depth());
  return check;
}

}  // namespace limpid::gateway
