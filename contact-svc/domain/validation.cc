#include "contact-svc/domain/validation.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <string>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::contact {
namespace {

constexpr size_t kMaxName = 200;
constexpr size_t kMaxHonorific = 50;
constexpr size_t kMaxEmail = 320;
constexpr size_t kMaxPhone = 64;
constexpr size_t kMaxAddressLines = 6;
constexpr size_t kMaxCode = 16;
constexpr size_t kMaxDomain = 253;
constexpr size_t kMaxSystem = 64;
constexpr size_t kMaxExternalId = 256;
constexpr size_t kMaxTag = 64;
constexpr size_t kMaxCustomName = 64;
constexpr size_t kMaxCustomValue = 4096;
constexpr size_t kMaxUrl = 2048;

struct Limits {
  size_t least = 0;
  size_t most = 0;
};

// Code points: every byte that does not continue one. The doors have refused what is not UTF-8.
size_t Characters(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// One line of text: its length, and no control character, which a mail header, a CSV row or a log line could
// not hold unharmed.
void CheckText(ErrorCollector& errors, std::string_view path, std::string_view text, Limits limits) {
  if (text.size() < limits.least) {
    errors.Add(path, reason::kRequired, "A value is needed here.");
  } else if (text.size() > limits.most && Characters(text) > limits.most) {
    // Bytes bound characters from above: most texts are decided without counting.
    errors.Add(path, reason::kTooLong, StrCat("At most ", limits.most, " characters."));
  } else if (std::ranges::any_of(text, IsControl)) {
    errors.Add(path, reason::kInvalidFormat, "One line of text, without control characters.");
  }
}

bool CheckCount(ErrorCollector& errors, std::string_view path, size_t count, size_t most) {
  if (count <= most) return true;
  errors.Add(path, reason::kTooMany, StrCat("At most ", most, "."));
  return false;
}

void CheckRegion(ErrorCollector& errors, std::string_view path, std::string_view region) {
  const bool right =
      region.size() == 2 && std::ranges::all_of(region, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!region.empty() && !right) {
    errors.Add(path, reason::kInvalidFormat, "An ISO 3166-1 alpha-2 code in upper case, such as FR.");
  }
}

std::optional<int> Digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
  return value;
}

std::optional<absl::CivilDay> ReadDate(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return std::nullopt;
  const auto year = Digits(date.substr(0, 4));
  const auto month = Digits(date.substr(5, 2));
  const auto day = Digits(date.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const absl::CivilDay civil(*year, *month, *day);
  // CivilDay rolls 02-30 over to March: a date that comes back changed does not exist.
  if (civil.year() != *year || civil.month() != *month || civil.day() != *day) return std::nullopt;
  return civil;
}

void CheckBirthDate(ErrorCollector& errors, std::string_view date, absl::CivilDay today) {
  if (date.empty()) return;
  const std::optional<absl::CivilDay> day = ReadDate(date);
  if (!day) {
    errors.Add("birth_date", reason::kInvalidFormat, "An ISO 8601 date that exists, such as 1980-02-29.");
  } else if (*day < absl::CivilDay(1900, 1, 1) || *day > today) {
    errors.Add("birth_date", reason::kOutOfRange, "Between 1900-01-01 and today.");
  }
}

template <class Value>
void CheckPrimary(ErrorCollector& errors, std::string_view list, const std::vector<Value>& values) {
  if (std::ranges::count_if(values, &Value::primary) > 1) {
    errors.Add(list, reason::kTooMany, "Only one can be primary.");
  }
}

void CheckReachable(ErrorCollector& errors, std::string_view list, const std::vector<ReachableValue>& values,
                    size_t most_characters) {
  if (!CheckCount(errors, list, values.size(), kMaxReachable)) return;
  std::set<std::string_view> seen;
  for (size_t i = 0; i < values.size(); ++i) {
    const std::string path = StrCat(list, "[", i, "].value");
    CheckText(errors, path, values[i].value, {1, most_characters});
    const std::string& form = values[i].match_key.empty() ? values[i].value : values[i].match_key;
    if (!form.empty() && !seen.insert(form).second) {
      errors.Add(path, reason::kDuplicateField, "The contact has this value already.");
    }
  }
  CheckPrimary(errors, list, values);
}

void CheckAddress(ErrorCollector& errors, std::string_view path, const PostalAddress& address) {
  const auto at = [&](std::string_view field) { return StrCat(path, ".", field); };
  CheckRegion(errors, at("region_code"), address.region_code);
  CheckText(errors, at("postal_code"), address.postal_code, {0, kMaxCode});
  CheckText(errors, at("locality"), address.locality, {0, kMaxName});
  CheckCount(errors, at("address_lines"), address.address_lines.size(), kMaxAddressLines);
  for (size_t i = 0; i < std::min(address.address_lines.size(), kMaxAddressLines); ++i) {
    CheckText(errors, StrCat(path, ".address_lines[", i, "]"), address.address_lines[i], {0, kMaxName});
  }
  CheckText(errors, at("commune_code"), address.commune_code, {0, kMaxCode});
  CheckText(errors, at("department_code"), address.department_code, {0, kMaxCode});
  CheckText(errors, at("department"), address.department, {0, kMaxName});
  CheckText(errors, at("administrative_area_code"), address.administrative_area_code, {0, kMaxCode});
  CheckText(errors, at("administrative_area"), address.administrative_area, {0, kMaxName});
}

void CheckAddresses(ErrorCollector& errors, const std::vector<StoredAddress>& addresses) {
  if (!CheckCount(errors, "postal_addresses", addresses.size(), kMaxAddresses)) return;
  for (size_t i = 0; i < addresses.size(); ++i) {
    const std::string path = StrCat("postal_addresses[", i, "].value");
    if (addresses[i].value == PostalAddress()) errors.Add(path, reason::kRequired, "A value is needed here.");
    CheckAddress(errors, path, addresses[i].value);
  }
  CheckPrimary(errors, "postal_addresses", addresses);
}

bool IsSystemCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

void CheckExternalIds(ErrorCollector& errors, const std::vector<ExternalId>& ids) {
  if (!CheckCount(errors, "external_ids", ids.size(), kMaxExternalIds)) return;
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (size_t i = 0; i < ids.size(); ++i) {
    const std::string path = StrCat("external_ids[", i, "]");
    CheckText(errors, path + ".system", ids[i].system, {1, kMaxSystem});
    if (!std::ranges::all_of(ids[i].system, IsSystemCharacter)) {
      errors.Add(path + ".system", reason::kInvalidFormat, "Only a-z, 0-9, underscore, dot and hyphen.");
    }
    CheckText(errors, path + ".id", ids[i].id, {1, kMaxExternalId});
    if (!seen.emplace(ids[i].system, ids[i].id).second) {
      errors.Add(path, reason::kDuplicateField, "The contact has this id already.");
    }
  }
}

void CheckTags(ErrorCollector& errors, const std::vector<std::string>& tags) {
  if (!CheckCount(errors, "tags", tags.size(), kMaxTags)) return;
  std::set<std::string_view> seen;
  for (size_t i = 0; i < tags.size(); ++i) {
    const std::string path = StrCat("tags[", i, "]");
    CheckText(errors, path, tags[i], {1, kMaxTag});
    if (!seen.insert(tags[i]).second)
      errors.Add(path, reason::kDuplicateField, "The contact has this tag already.");
  }
}

void CheckCustomFields(ErrorCollector& errors, const std::map<std::string, std::string>& fields) {
  if (!CheckCount(errors, "custom_fields", fields.size(), kMaxCustomFields)) return;
  for (const auto& [name, value] : fields) {
    // The name is the caller's text: it is not repeated in the path when it is out of bounds.
    const bool right =
        !name.empty() && Characters(name) <= kMaxCustomName && std::ranges::none_of(name, IsControl);
    if (!right) {
      errors.Add("custom_fields", reason::kInvalidFormat, "Names have 1 to 64 characters, on one line.");
    } else if (value.size() > kMaxCustomValue) {
      errors.Add(StrCat("custom_fields.", name), reason::kTooLong, "At most 4 KiB of JSON.");
    }
  }
}

}  // namespace

absl::Status Validate(const Contact& contact, absl::CivilDay today) {
  ErrorCollector errors;
  CheckText(errors, "given_name", contact.given_name, {0, kMaxName});
  CheckText(errors, "family_name", contact.family_name, {0, kMaxName});
  CheckText(errors, "honorific", contact.honorific, {0, kMaxHonorific});
  CheckBirthDate(errors, contact.birth_date, today);
  CheckReachable(errors, "emails", contact.emails, kMaxEmail);
  CheckReachable(errors, "phones", contact.phones, kMaxPhone);
  CheckAddresses(errors, contact.postal_addresses);
  CheckText(errors, "company.display_name", contact.company.display_name, {0, kMaxName});
  CheckText(errors, "company.domain", contact.company.domain, {0, kMaxDomain});
  CheckText(errors, "job_title", contact.job_title, {0, kMaxName});
  CheckExternalIds(errors, contact.external_ids);
  CheckTags(errors, contact.tags);
  CheckCustomFields(errors, contact.custom_fields);
  if (contact.source) {
    CheckText(errors, "source.channel", contact.source->channel, {0, 64});
    CheckText(errors, "source.campaign", contact.source->campaign, {0, 128});
    CheckText(errors, "source.form", contact.source->form, {0, 128});
    CheckText(errors, "source.url", contact.source->url, {0, kMaxUrl});
  }
  return errors.Finish();
}

absl::Status Validate(std::span<const Consent> consents) {
  ErrorCollector errors;
  if (!CheckCount(errors, "", consents.size(), kMaxConsents)) return errors.Finish();
  for (size_t i = 0; i < consents.size(); ++i) {
    const auto at = [&](std::string_view field) { return StrCat("[", i, "].", field); };
    CheckText(errors, at("purpose"), consents[i].purpose, {1, 64});
    CheckText(errors, at("channel"), consents[i].channel, {1, 32});
    CheckText(errors, at("notice_version"), consents[i].notice_version, {0, 64});
    CheckText(errors, at("proof.type"), consents[i].proof_type, {0, 64});
    CheckText(errors, at("proof.reference"), consents[i].proof_reference, {0, 512});
  }
  return errors.Finish();
}

bool IsContactId(std::string_view id) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return !id.empty() && id.size() <= 63 && is_lower(id.front()) &&
         std::ranges::all_of(id, [&](char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '-'; });
}

absl::Status Validate(const SearchedPerson& person) {
  ErrorCollector errors;
  if (person.email.empty() && person.phone.empty() && person.external_ids.empty()) {
    errors.Add("", reason::kRequired, "Give email, phone or external_ids.");
  }
  CheckText(errors, "email", person.email, {0, kMaxEmail});
  CheckText(errors, "phone", person.phone, {0, kMaxPhone});
  CheckRegion(errors, "default_region", person.default_region);
  CheckText(errors, "given_name", person.given_name, {0, kMaxName});
  CheckText(errors, "family_name", person.family_name, {0, kMaxName});
  CheckExternalIds(errors, person.external_ids);
  return errors.Finish();
}

}  // namespace limpid::contact
