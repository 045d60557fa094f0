#include "enrich-svc/providers/fr_communes.h"

#include <string>
#include <utility>

#include "enrich-svc/providers/french_place.h"

namespace limpid::enrich {
namespace {

void AddPlace(const CommuneTable& table, const FrenchPlace& place, double certainty, std::string_view source,
              Completions& out) {
  const auto add = [&](Field field, std::string_view value, double confidence) {
    out.push_back({field, std::string(value), source, confidence * certainty});
  };
  if (place.commune) {
    const CommuneTable::Commune& commune = table.commune(*place.commune);
    add(Field::kCommuneCode, commune.code, place.commune_confidence);
    add(Field::kLocality, commune.locality, place.commune_confidence);
    if (place.postal_code) {
      add(Field::kPostalCode, FormatPostalCode(*place.postal_code), place.commune_confidence);
    }
  }
  if (place.department != nullptr) {
    add(Field::kDepartmentCode, place.department->code, place.department_confidence);
    add(Field::kDepartment, place.department->name, place.department_confidence);
  }
  if (place.region != nullptr) {
    add(Field::kAdministrativeAreaCode, place.region->code, place.department_confidence);
    add(Field::kAdministrativeArea, place.region->name, place.department_confidence);
  }
}

}  // namespace

FrCommunesProvider::FrCommunesProvider(std::shared_ptr<const CommuneTable> table)
    : table_(std::move(table)),
      info_{.id = "fr-communes",
            .description = "Communes, departments and regions of France by postcode, name or code.",
            .licence = "Licence Ouverte 2.0",
            .offline = true,
            .fields = {Field::kRegionCode, Field::kPostalCode, Field::kLocality, Field::kCommuneCode,
                       Field::kDepartmentCode, Field::kDepartment, Field::kAdministrativeAreaCode,
                       Field::kAdministrativeArea}} {}

void FrCommunesProvider::Ask(const Call& /*call*/, const Profile& profile, Done<Completions> done) const {
  Completions completions;
  const bool given = !profile.address.region_code.empty();
  const std::string& country = given ? profile.address.region_code : profile.default_region;
  if (table_->IsTerritory(country)) {
    const FrenchPlace place = FindPlace(*table_, profile.address);
    AddPlace(*table_, place, given ? 1 : place.country_confidence, info_.id, completions);
    if (!given && place.department != nullptr) {
      completions.push_back(
          {Field::kRegionCode, std::string(place.department->territory), info_.id, place.country_confidence});
    }
  }
  done(std::move(completions));
}

}  // namespace limpid::enrich
