#pragma once

#include <array>
#include <string>
#include <string_view>

namespace limpid::enrich {

/// A postal address as far as enrichment reads and fills it; street lines are no concern of ours.
struct PostalAddress {
  std::string region_code;  ///< ISO 3166-1 alpha-2, upper case.
  std::string postal_code;
  std::string locality;
  std::string commune_code;              ///< INSEE code in France.
  std::string department_code;           ///< `75`, `2A`, `974`.
  std::string department;                ///< Its name.
  std::string administrative_area_code;  ///< INSEE code of the region in France.
  std::string administrative_area;       ///< Its name.
  friend bool operator==(const PostalAddress&, const PostalAddress&) = default;
};

/// What is known of a person before it is enriched. Texts are as typed; empty means not known.
struct Profile {
  std::string email;
  std::string phone;
  /// Region assumed for a phone without country code and an address without region.
  std::string default_region = "FR";
  PostalAddress address;
  std::string company;         ///< Display name.
  std::string company_domain;  ///< `example.com`.
  friend bool operator==(const Profile&, const Profile&) = default;
};

/// The fields that providers can fill.
enum class Field {
  kRegionCode,
  kPostalCode,
  kLocality,
  kCommuneCode,
  kDepartmentCode,
  kDepartment,
  kAdministrativeAreaCode,
  kAdministrativeArea,
  kCompanyDomain,
};
inline constexpr std::array kAllFields = {Field::kRegionCode,
                                          Field::kPostalCode,
                                          Field::kLocality,
                                          Field::kCommuneCode,
                                          Field::kDepartmentCode,
                                          Field::kDepartment,
                                          Field::kAdministrativeAreaCode,
                                          Field::kAdministrativeArea,
                                          Field::kCompanyDomain};

/// The field's path in JSON names, as it stands in a completion: `postalAddress.departmentCode`.
std::string_view FieldPath(Field field);
/// Whether the field is part of the postal address.
bool IsAddressField(Field field);

std::string& FieldOf(Profile& profile, Field field);
const std::string& FieldOf(const Profile& profile, Field field);

}  // namespace limpid::enrich
