#include "cli/capture_row.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

#include "libs/base/trim.h"
#include "libs/text/unicode.h"

namespace limpid::cli {
namespace {

struct CountryName {
  std::string_view folded;
  std::string_view code;
};
constexpr std::array kCountries = {
    CountryName{"france", "FR"},   CountryName{"belgique", "BE"},    CountryName{"belgium", "BE"},
    CountryName{"suisse", "CH"},   CountryName{"switzerland", "CH"}, CountryName{"luxembourg", "LU"},
    CountryName{"monaco", "MC"},   CountryName{"allemagne", "DE"},   CountryName{"germany", "DE"},
    CountryName{"espagne", "ES"},  CountryName{"spain", "ES"},       CountryName{"italie", "IT"},
    CountryName{"italy", "IT"},    CountryName{"royaume-uni", "GB"}, CountryName{"united kingdom", "GB"},
    CountryName{"pays-bas", "NL"}, CountryName{"netherlands", "NL"}, CountryName{"portugal", "PT"},
    CountryName{"canada", "CA"},   CountryName{"etats-unis", "US"},  CountryName{"united states", "US"},
};

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string RegionOf(std::string_view country) {
  if (country.size() == 2 && std::ranges::all_of(country, IsLetter)) {
    return absl::AsciiStrToUpper(std::string(country));
  }
  const std::string folded = text::Fold(country);
  const auto it = std::ranges::find(kCountries, folded, &CountryName::folded);
  return it == kCountries.end() ? std::string() : std::string(it->code);
}

std::optional<int> Number(std::string_view digits) {
  if (digits.empty() || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  int number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number;
}

std::string DateOf(std::string_view text) {
  if (text.size() != 10) return {};
  const bool iso = text[4] == '-' && text[7] == '-';
  const bool day_first = (text[2] == '/' || text[2] == '.' || text[2] == '-') && text[5] == text[2];
  if (!iso && !day_first) return {};
  const auto year = Number(iso ? text.substr(0, 4) : text.substr(6));
  const auto month = Number(iso ? text.substr(5, 2) : text.substr(3, 2));
  const auto day = Number(iso ? text.substr(8) : text.substr(0, 2));
  if (!year || !month || !day) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year < 1900) return {};
  return absl::StrFormat("%04d-%02d-%02d", *year, *month, *day);
}

}  // namespace

gateway::v1::CheckRequest RequestOf(const Columns& columns, const std::vector<std::string>& cells,
                                    const RowDefaults& defaults) {
  const auto cell = [&](ContactField field) { return std::string(columns.First(field, cells)); };
  gateway::v1::CheckRequest request;
  request.set_email(cell(ContactField::kEmail));
  request.set_phone(cell(ContactField::kPhone));
  request.set_given_name(cell(ContactField::kGivenName));
  request.set_family_name(cell(ContactField::kFamilyName));
  request.set_company(cell(ContactField::kCompany));
  request.set_birth_date(DateOf(columns.First(ContactField::kBirthDate, cells)));
  request.set_default_region(defaults.default_region);
  request.set_language_code(defaults.language_code);
  request.set_form(defaults.form);

  type::v1::PostalAddress address;
  for (const size_t column : columns.Of(ContactField::kAddressLine)) {
    if (column >= cells.size()) continue;
    if (const std::string_view line = Trim(cells[column]); !line.empty())
      address.add_address_lines(std::string(line));
  }
  address.set_postal_code(cell(ContactField::kPostalCode));
  address.set_locality(cell(ContactField::kLocality));
  address.set_region_code(RegionOf(columns.First(ContactField::kRegion, cells)));
  if (address.ByteSizeLong() > 0) *request.mutable_postal_address() = std::move(address);
  return request;
}

}  // namespace limpid::cli
