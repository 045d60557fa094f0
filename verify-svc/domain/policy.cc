#include "verify-svc/domain/policy.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/phone/number_plan.h"

namespace limpid::verify {
namespace {

constexpr size_t kMaxKnownDomains = 500;
constexpr size_t kMaxPlaces = 300;  // There are fewer regions and calling codes.
constexpr size_t kMaxTypes = 12;
constexpr size_t kMaxProviders = 20;
constexpr size_t kMaxProviderName = 40;
constexpr int kMaxDaily = 1'000'000'000;

// RFC 1035 §2.3.4, in the form that RFC 1123 §2.1 admits for hosts: at least two labels.
bool IsDomainName(std::string_view domain) {
  if (domain.size() > 253 || domain.find('.') == std::string_view::npos) return false;
  size_t label = 0;
  for (size_t i = 0; i <= domain.size(); ++i) {
    if (i == domain.size() || domain[i] == '.') {
      if (label == 0 || label > 63 || domain[i - 1] == '-') return false;
      label = 0;
      continue;
    }
    const char c = domain[i];
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && (c != '-' || label == 0)) return false;
    ++label;
  }
  return true;
}

bool IsProviderName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxProviderName && std::ranges::all_of(name, [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
  });
}

template <class Value, class Good>
void CheckList(std::string_view path, const std::vector<Value>& values, size_t max, Good good,
               std::string_view reason, std::string_view message, ErrorCollector& errors) {
  if (values.size() > max) {
    errors.Add(path, reason::kTooMany, StrCat("At most ", max, "."));
    return;
  }
  for (size_t i = 0; i < values.size(); ++i) {
    if (!good(values[i])) errors.Add(StrCat(path, "[", i, "]"), reason, message);
  }
}

void CheckDaily(std::string_view path, int value, ErrorCollector& errors) {
  if (value < 0 || value > kMaxDaily) errors.Add(path, reason::kOutOfRange, "0 to 1,000,000,000.");
}

template <auto Part, auto Member>
constexpr PolicyField Field(std::string_view path) {
  return {path,
          [](const Policy& policy) {
            using Value = std::decay_t<decltype(policy.*Part.*Member)>;
            return policy.*Part.*Member != Value();
          },
          [](const Policy& from, Policy& to) { to.*Part.*Member = from.*Part.*Member; }};
}

constexpr std::array kFields = {
    Field<&Policy::email, &Policy::Email::allow_callouts>("email.allow_callouts"),
    Field<&Policy::email, &Policy::Email::admit_quoted>("email.admit_quoted"),
    Field<&Policy::email, &Policy::Email::known_domains>("email.known_domains"),
    Field<&Policy::phone, &Policy::Phone::allowed_calling_codes>("phone.allowed_calling_codes"),
    Field<&Policy::phone, &Policy::Phone::denied_calling_codes>("phone.denied_calling_codes"),
    Field<&Policy::phone, &Policy::Phone::allowed_regions>("phone.allowed_regions"),
    Field<&Policy::phone, &Policy::Phone::denied_regions>("phone.denied_regions"),
    Field<&Policy::phone, &Policy::Phone::denied_types>("phone.denied_types"),
    Field<&Policy::phone, &Policy::Phone::providers>("phone.providers"),
    Field<&Policy::phone, &Policy::Phone::daily_lookups>("phone.daily_lookups"),
    Field<&Policy::challenges, &Policy::Challenges::daily_messages>("challenges.daily_messages"),
    Field<&Policy::challenges, &Policy::Challenges::allow_voip>("challenges.allow_voip"),
};

constexpr std::array<std::string_view, 3> kOutputOnly = {"name", "etag", "update_time"};

// A message in the mask stands for all fields in it.
bool Covers(std::string_view mask, std::string_view path) {
  return mask == "*" || (path.starts_with(mask) && (path.size() == mask.size() || path[mask.size()] == '.'));
}

}  // namespace

absl::Status CheckPolicy(const Policy& policy) {
  ErrorCollector errors;
  CheckList("email.known_domains", policy.email.known_domains, kMaxKnownDomains, IsDomainName,
            reason::kInvalidFormat, "A domain name in A-labels and lower case, like example.com.", errors);
  const auto calling_codes = [&errors](std::string_view path, const std::vector<int>& codes) {
    CheckList(
        path, codes, kMaxPlaces, [](int code) { return code >= 1 && code <= 999; }, reason::kOutOfRange,
        "A calling code without its plus sign: 1 to 999.", errors);
  };
  calling_codes("phone.allowed_calling_codes", policy.phone.allowed_calling_codes);
  calling_codes("phone.denied_calling_codes", policy.phone.denied_calling_codes);
  const auto regions = [&errors](std::string_view path, const std::vector<std::string>& codes) {
    CheckList(
        path, codes, kMaxPlaces, [](const std::string& code) { return quality::CallingCodeOf(code) != 0; },
        reason::kUnknownValue, "A region of ISO 3166-1 alpha-2 in upper case, like FR.", errors);
  };
  regions("phone.allowed_regions", policy.phone.allowed_regions);
  regions("phone.denied_regions", policy.phone.denied_regions);
  if (policy.phone.denied_types.size() > kMaxTypes) {
    errors.Add("phone.denied_types", reason::kTooMany, "Each type once.");
  }
  CheckList("phone.providers", policy.phone.providers, kMaxProviders, IsProviderName, reason::kInvalidFormat,
            "A provider's name: 1 to 40 of a-z, 0-9 and -.", errors);
  CheckDaily("phone.daily_lookups", policy.phone.daily_lookups, errors);
  CheckDaily("challenges.daily_messages", policy.challenges.daily_messages, errors);
  return errors.Finish();
}

absl::StatusOr<std::vector<const PolicyField*>> PolicyFieldsToWrite(std::span<const std::string> mask,
                                                                    const Policy& policy) {
  ErrorCollector errors;
  for (const std::string& path : mask) {
    if (std::ranges::find(kOutputOnly, path) != kOutputOnly.end()) {
      errors.Add("update_mask", reason::kReadOnly, StrCat("The server sets ", path, "."));
    } else if (std::ranges::none_of(kFields,
                                    [&](const PolicyField& field) { return Covers(path, field.path); })) {
      errors.Add("update_mask", reason::kUnknownField, "A path of the mask is no field of a policy.");
    }
  }
  if (absl::Status status = errors.Finish(); !status.ok()) return status;
  std::vector<const PolicyField*> fields;
  for (const PolicyField& field : kFields) {
    const bool named =
        std::ranges::any_of(mask, [&](const std::string& path) { return Covers(path, field.path); });
    if (mask.empty() ? field.is_set(policy) : named) fields.push_back(&field);
  }
  return fields;
}

}  // namespace limpid::verify
