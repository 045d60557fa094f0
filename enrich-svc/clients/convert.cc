#include "enrich-svc/clients/convert.h"

#include <cstdlib>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace limpid::enrich {
namespace {

constexpr std::string_view kContactPrefix = "contacts/";

ContactId IdFromName(const std::string& name) {
  return ContactId(name.starts_with(kContactPrefix) ? name.substr(kContactPrefix.size()) : name);
}

// The index of the primary value, else of the first; -1 when there is none.
template <class Values>
int PrimaryIndex(const Values& values) {
  for (int i = 0; i < values.size(); ++i) {
    if (values[i].primary()) return i;
  }
  return values.empty() ? -1 : 0;
}

PostalAddress FromProto(const type::v1::PostalAddress& address) {
  return {.region_code = address.region_code(),
          .postal_code = address.postal_code(),
          .locality = address.locality(),
          .commune_code = address.commune_code(),
          .department_code = address.department_code(),
          .department = address.department(),
          .administrative_area_code = address.administrative_area_code(),
          .administrative_area = address.administrative_area()};
}

void Set(type::v1::PostalAddress& address, Field field, const std::string& value) {
  switch (field) {
    case Field::kRegionCode:
      return address.set_region_code(value);
    case Field::kPostalCode:
      return address.set_postal_code(value);
    case Field::kLocality:
      return address.set_locality(value);
    case Field::kCommuneCode:
      return address.set_commune_code(value);
    case Field::kDepartmentCode:
      return address.set_department_code(value);
    case Field::kDepartment:
      return address.set_department(value);
    case Field::kAdministrativeAreaCode:
      return address.set_administrative_area_code(value);
    case Field::kAdministrativeArea:
      return address.set_administrative_area(value);
    case Field::kCompanyDomain:
      break;
  }
  std::abort();
}

}  // namespace

StoredContact FromProto(const contact::v1::Contact& contact) {
  StoredContact stored{
      .id = IdFromName(contact.name()), .etag = contact.etag(), .wire = contact.SerializeAsString()};
  if (const int i = PrimaryIndex(contact.emails()); i >= 0) stored.profile.email = contact.emails(i).value();
  if (const int i = PrimaryIndex(contact.phones()); i >= 0) stored.profile.phone = contact.phones(i).value();
  if (const int i = PrimaryIndex(contact.postal_addresses()); i >= 0) {
    stored.profile.address = FromProto(contact.postal_addresses(i).value());
  }
  stored.profile.company = contact.company().display_name();
  stored.profile.company_domain = contact.company().domain();
  return stored;
}

ContactEvent FromProto(const contact::v1::ContactEvent& event) {
  return {.id = event.id(),
          .cursor = event.cursor(),
          .type = event.type(),
          .time = absl::FromUnixSeconds(event.time().seconds()) + absl::Nanoseconds(event.time().nanos()),
          .tenant = TenantId(event.tenant()),
          .contact = IdFromName(event.contact()),
          .causes = {event.causes().begin(), event.causes().end()}};
}

contact::v1::UpdateContactRequest ToUpdate(const contact::v1::Contact& contact,
                                           const Completions& completions) {
  contact::v1::UpdateContactRequest request;
  contact::v1::Contact& changed = *request.mutable_contact();
  changed.set_name(contact.name());
  changed.set_etag(contact.etag());
  bool address = false;
  bool company = false;
  for (const Completion& completion : completions)
    (IsAddressField(completion.field) ? address : company) = true;
  if (address) {
    // A list is written as a whole: the addresses that stay as they are go along, without what contact-svc
    // sets.
    *changed.mutable_postal_addresses() = contact.postal_addresses();
    for (contact::v1::ContactAddress& kept : *changed.mutable_postal_addresses()) {
      kept.clear_source();
      kept.clear_provenance();
    }
    if (changed.postal_addresses().empty()) changed.add_postal_addresses();
    type::v1::PostalAddress& primary =
        *changed.mutable_postal_addresses(PrimaryIndex(changed.postal_addresses()))->mutable_value();
    for (const Completion& completion : completions) {
      if (IsAddressField(completion.field)) Set(primary, completion.field, completion.value);
    }
    request.mutable_update_mask()->add_paths("postal_addresses");
  }
  if (company) {
    *changed.mutable_company() = contact.company();
    for (const Completion& completion : completions) {
      if (completion.field == Field::kCompanyDomain) changed.mutable_company()->set_domain(completion.value);
    }
    request.mutable_update_mask()->add_paths("company");
  }
  return request;
}

}  // namespace limpid::enrich
