#include "enrich-svc/domain/profile.h"

#include <cstdlib>

namespace limpid::enrich {

std::string_view FieldPath(Field field) {
  switch (field) {
    case Field::kRegionCode:
      return "postalAddress.regionCode";
    case Field::kPostalCode:
      return "postalAddress.postalCode";
    case Field::kLocality:
      return "postalAddress.locality";
    case Field::kCommuneCode:
      return "postalAddress.communeCode";
    case Field::kDepartmentCode:
      return "postalAddress.departmentCode";
    case Field::kDepartment:
      return "postalAddress.department";
    case Field::kAdministrativeAreaCode:
      return "postalAddress.administrativeAreaCode";
    case Field::kAdministrativeArea:
      return "postalAddress.administrativeArea";
    case Field::kCompanyDomain:
      return "company.domain";
  }
  std::abort();
}

bool IsAddressField(Field field) { return field != Field::kCompanyDomain; }

const std::string& FieldOf(const Profile& profile, Field field) {
  switch (field) {
    case Field::kRegionCode:
      return profile.address.region_code;
    case Field::kPostalCode:
      return profile.address.postal_code;
    case Field::kLocality:
      return profile.address.locality;
    case Field::kCommuneCode:
      return profile.address.commune_code;
    case Field::kDepartmentCode:
      return profile.address.department_code;
    case Field::kDepartment:
      return profile.address.department;
    case Field::kAdministrativeAreaCode:
      return profile.address.administrative_area_code;
    case Field::kAdministrativeArea:
      return profile.address.administrative_area;
    case Field::kCompanyDomain:
      return profile.company_domain;
  }
  std::abort();
}

std::string& FieldOf(Profile& profile, Field field) {
  return const_cast<std::string&>(FieldOf(static_cast<const Profile&>(profile), field));
}

}  // namespace limpid::enrich
