#include "gateway/domain/tenant.h"

#include <string>

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::gateway {
namespace {

using ::testing::ElementsAre;

TEST(TenantIds, AreDnsLabels) {
  for (const char* id : {"a", "acme", "acme-2", "a0"}) EXPECT_TRUE(IsTenantId(id)) << id;
  for (const char* id : {"", "2acme", "-acme", "Acme", "acme.fr", "acme/fr", "é"}) {
    EXPECT_FALSE(IsTenantId(id)) << id;
  }
  EXPECT_TRUE(IsTenantId(std::string(63, 'a')));
  EXPECT_FALSE(IsTenantId(std::string(64, 'a')));
}

TEST(TenantChange, HearsOfAllItsFaultsAtOnce) {
  const TenantChange change{
      .display_name = std::string(101, 'x'), .default_region = "fr", .language_code = "de"};
  std::vector<std::string> faults;
  for (const FieldViolation& violation : DetailsOf(CheckTenantChange(change)).violations) {
    faults.push_back(violation.field + " " + violation.reason);
  }
  EXPECT_THAT(faults, ElementsAre("display_name TOO_LONG", "default_region INVALID_FORMAT",
                                  "language_code UNKNOWN_VALUE"));
}

TEST(TenantChange, WritesOnlyWhatItHolds) {
  Tenant tenant{.display_name = "Acme", .default_region = "BE", .language_code = "en"};
  TenantChange{.default_region = "CH"}.ApplyTo(tenant);
  EXPECT_EQ(tenant, (Tenant{.display_name = "Acme", .default_region = "CH", .language_code = "en"}));
}

TEST(Tenant, StartsFrench) {
  EXPECT_EQ(Tenant{}.default_region, "FR");
  EXPECT_EQ(Tenant{}.language_code, "fr");
}

}  // namespace
}  // namespace limpid::gateway
