#include "contact-svc/domain/contact_fields.h"

#include <algorithm>
#include <array>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::contact {
namespace {

template <auto Member>
constexpr ContactField Field(std::string_view path) {
  return {path,
          [](const Contact& contact) {
            using Value = std::decay_t<decltype(contact.*Member)>;
            return contact.*Member != Value();
          },
          [](const Contact& a, const Contact& b) { return a.*Member == b.*Member; },
          [](const Contact& from, Contact& to) { to.*Member = from.*Member; }};
}

template <auto Member>
constexpr ContactField CompanyField(std::string_view path) {
  return {path, [](const Contact& contact) { return !(contact.company.*Member).empty(); },
          [](const Contact& a, const Contact& b) { return a.company.*Member == b.company.*Member; },
          [](const Contact& from, Contact& to) { to.company.*Member = from.company.*Member; }};
}

constexpr std::array kFields = {
    Field<&Contact::given_name>("given_name"),
    Field<&Contact::family_name>("family_name"),
    Field<&Contact::honorific>("honorific"),
    Field<&Contact::birth_date>("birth_date"),
    Field<&Contact::emails>("emails"),
    Field<&Contact::phones>("phones"),
    Field<&Contact::postal_addresses>("postal_addresses"),
    CompanyField<&Company::display_name>("company.display_name"),
    CompanyField<&Company::domain>("company.domain"),
    Field<&Contact::job_title>("job_title"),
    Field<&Contact::external_ids>("external_ids"),
    Field<&Contact::tags>("tags"),
    Field<&Contact::custom_fields>("custom_fields"),
    Field<&Contact::source>("source"),
};

constexpr std::array<std::string_view, 5> kOutputOnly = {"name", "etag", "create_time", "update_time",
                                                         "consents"};

// A message in the mask stands for all fields in it.
bool Covers(std::string_view mask, std::string_view path) {
  return path.starts_with(mask) && (path.size() == mask.size() || path[mask.size()] == '.');
}

}  // namespace

std::span<const ContactField> WritableFields() { return kFields; }

absl::StatusOr<std::vector<const ContactField*>> FieldsToWrite(std::span<const std::string> mask,
                                                               const Contact& contact) {
  std::vector<const ContactField*> fields;
  ErrorCollector errors;
  for (const std::string& path : mask) {
    if (path == "*") continue;
    if (std::ranges::find(kOutputOnly, path) != kOutputOnly.end()) {
      errors.Add("update_mask", reason::kReadOnly, StrCat("The server sets ", path, "."));
    } else if (std::ranges::none_of(kFields,
                                    [&](const ContactField& field) { return Covers(path, field.path); })) {
      errors.Add("update_mask", reason::kUnknownField, StrCat("A contact has no field ", path, " to write."));
    }
  }
  if (absl::Status status = errors.Finish(); !status.ok()) return status;
  for (const ContactField& field : kFields) {
    const bool named = std::ranges::any_of(
        mask, [&](const std::string& path) { return path == "*" || Covers(path, field.path); });
    if (mask.empty() ? field.is_set(contact) : named) fields.push_back(&field);
  }
  return fields;
}

std::vector<std::string> ChangedFields(const Contact& before, const Contact& after) {
  std::vector<std::string> changed;
  for (const ContactField& field : kFields) {
    if (!field.equal(before, after)) changed.emplace_back(field.path);
  }
  if (before.consents != after.consents) changed.emplace_back("consents");
  return changed;
}

}  // namespace limpid::contact
