#include "enrich-svc/domain/fill_policy.h"

#include <gmock/gmock.h>

namespace limpid::enrich {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SurestOfEmpty, NeverTouchesWhatStandsThere) {
  Profile profile;
  profile.address.department_code = "75";
  EXPECT_THAT(SurestOfEmpty(profile, {{Field::kDepartmentCode, "69", "fr-communes", 1}}), IsEmpty());
}

TEST(SurestOfEmpty, TakesTheSurestAndOfEquallySureTheFirst) {
  const Completions chosen = SurestOfEmpty({}, {{Field::kRegionCode, "GP", "phone-region", 0.5},
                                                {Field::kDepartmentCode, "75", "first", 0.9},
                                                {Field::kRegionCode, "FR", "fr-communes", 0.95},
                                                {Field::kDepartmentCode, "69", "second", 0.9}});
  EXPECT_THAT(chosen, ElementsAre(Completion{Field::kRegionCode, "FR", "fr-communes", 0.95},
                                  Completion{Field::kDepartmentCode, "75", "first", 0.9}));
}

TEST(SurestOfEmpty, AnEmptyValueIsNoAnswer) {
  EXPECT_THAT(SurestOfEmpty({}, {{Field::kLocality, "", "fr-communes", 1}}), IsEmpty());
}

TEST(WorthStoring, LeavesOutWhatIsOnlyLikely) {
  Profile profile;
  profile.address.postal_code = "75002";
  const Completion sure{Field::kDepartmentCode, "75", "fr-communes", kStoreFrom};
  const Completion likely{Field::kRegionCode, "FR", "phone-region", kStoreFrom - 0.01};
  EXPECT_THAT(WorthStoring(profile, {sure, likely}), ElementsAre(sure));
}

TEST(WorthStoring, BeginsNoAddressWhereThereIsNone) {
  const Completion region{Field::kAdministrativeAreaCode, "04", "phone-region", 0.9};
  const Completion domain{Field::kCompanyDomain, "example.com", "email-domain", 0.9};
  EXPECT_THAT(WorthStoring({}, {region, domain}), ElementsAre(domain));
}

}  // namespace
}  // namespace limpid::enrich
