#include "enrich-svc/providers/phone_region.h"

#include <string>
#include <utility>

namespace limpid::enrich {
namespace {

constexpr double kCountryOfNumber = 0.5;

}  // namespace

PhoneRegionProvider::PhoneRegionProvider(std::shared_ptr<const CommuneTable> table,
                                         std::shared_ptr<const PhoneZones> zones, quality::PhoneRules rules)
    : table_(std::move(table)),
      zones_(std::move(zones)),
      rules_(std::move(rules)),
      info_{.id = "phone-region",
            .description = "Country of a phone number, and region of a French fixed line.",
            .licence = "Apache-2.0",
            .offline = true,
            .fields = {Field::kRegionCode, Field::kDepartmentCode, Field::kDepartment,
                       Field::kAdministrativeAreaCode, Field::kAdministrativeArea}} {}

void PhoneRegionProvider::Ask(const Call& /*call*/, const Profile& profile, Done<Completions> done) const {
  Completions completions;
  const PostalAddress& address = profile.address;
  const std::string national =
      FrenchNationalDigits(profile.phone, table_->IsTerritory(profile.default_region));
  if (!national.empty()) {
    if (const PhoneZones::Zone* zone = zones_->Find(national)) AddZone(*zone, address, completions);
  } else if (!profile.phone.empty() && address.region_code.empty()) {
    // The number plan of the world costs a hundred times the French zones: it is asked only where it can
    // help.
    const quality::PhoneVerdict verdict = rules_.Verify(profile.phone, profile.default_region);
    const bool one_region = verdict.region_candidates.size() <= 1 && verdict.region_code.size() == 2;
    if (verdict.status != quality::PhoneStatus::kInvalid && one_region) {
      completions.push_back({Field::kRegionCode, verdict.region_code, info_.id, kCountryOfNumber});
    }
  }
  done(std::move(completions));
}

void PhoneRegionProvider::AddZone(const PhoneZones::Zone& zone, const PostalAddress& address,
                                  Completions& out) const {
  out.push_back({Field::kRegionCode, zone.territory, info_.id, kCountryOfNumber});
  if (!address.region_code.empty() && !table_->IsTerritory(address.region_code)) return;
  // A zone knows a region at best; an address that names its own department or town knows better.
  if (address.department_code.empty() && address.department.empty() && address.locality.empty() &&
      address.postal_code.empty() && address.commune_code.empty()) {
    if (const CommuneTable::Department* department = table_->FindDepartment(zone.department)) {
      out.push_back({Field::kDepartmentCode, std::string(department->code), info_.id, zone.confidence});
      out.push_back({Field::kDepartment, std::string(department->name), info_.id, zone.confidence});
    }
    if (const CommuneTable::Region* region = table_->FindRegion(zone.region)) {
      out.push_back({Field::kAdministrativeAreaCode, std::string(region->code), info_.id, zone.confidence});
      out.push_back({Field::kAdministrativeArea, std::string(region->name), info_.id, zone.confidence});
    }
  }
}

}  // namespace limpid::enrich
