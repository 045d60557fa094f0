#include "enrich-svc/domain/profile.h"

#include <set>
#include <string>

#include <gmock/gmock.h>

namespace limpid::enrich {
namespace {

TEST(Profile, EveryFieldHasAPlaceAndAPathOfItsOwn) {
  std::set<const std::string*> places;
  std::set<std::string_view> paths;
  Profile profile;
  for (const Field field : kAllFields) {
    places.insert(&FieldOf(profile, field));
    paths.insert(FieldPath(field));
  }
  EXPECT_EQ(places.size(), kAllFields.size());
  EXPECT_EQ(paths.size(), kAllFields.size());
}

TEST(Profile, PathsAreThoseOfTheApi) {
  EXPECT_EQ(FieldPath(Field::kDepartmentCode), "postalAddress.departmentCode");
  EXPECT_EQ(FieldPath(Field::kAdministrativeArea), "postalAddress.administrativeArea");
  EXPECT_EQ(FieldPath(Field::kCompanyDomain), "company.domain");
}

}  // namespace
}  // namespace limpid::enrich
