#include "enrich-svc/providers/french_place.h"

#include <algorithm>
#include <span>

#include "enrich-svc/providers/locality_key.h"

namespace limpid::enrich {
namespace {

using Index = CommuneTable::Index;

// The parts agree: a code, or a postcode and the town that it belongs to. Another country may have both,
// rarely.
constexpr double kSureCountry = 0.95;
// Nothing but the code or name of a department or region, or a town without one, speaks for the country.
constexpr double kCodesAlone = 0.5;
// A postcode of five digits that is assigned, in a country where that is usual.
constexpr double kPostalCodeAlone = 0.8;
// A town of a postcode that is not in the list of communes is most often a hamlet or a former commune.
constexpr double kHamlet = 0.9;
constexpr double kHamletOfOnlyCommune = 0.85;
// The typed town exists, but elsewhere: one of both is wrong.
constexpr double kTownElsewhere = 0.5;
// A postcode that no commune has, by its first digits: of a CEDEX that is the rule, else likely a slip.
constexpr double kCedex = 0.9;
constexpr double kUnknownPostalCode = 0.6;
constexpr double kTownInDepartment = 0.95;
// The only town of its name in France; hamlets elsewhere may bear it too.
constexpr double kOnlyTownOfName = 0.7;

class PlaceFinder {
 public:
  PlaceFinder(const CommuneTable& table, const PostalAddress& address)
      : table_(table), address_(address), town_(MakeLocalityKey(address.locality)) {}

  FrenchPlace Find() {
    ReadScope();
    FrenchPlace place = FromParts();
    if (place.department != nullptr) place.region = &table_.region(*place.department);
    if (Contradicts(place)) return {};
    return place;
  }

 private:
  // What the address says of department and region by itself.
  void ReadScope() {
    department_ = !address_.department_code.empty() ? table_.FindDepartment(address_.department_code)
                  : !address_.department.empty()    ? table_.FindDepartmentByName(address_.department)
                                                    : nullptr;
    region_ = !address_.administrative_area_code.empty()
                  ? table_.FindRegion(address_.administrative_area_code)
              : !address_.administrative_area.empty() ? table_.FindRegionByName(address_.administrative_area)
                                                      : nullptr;
  }

  FrenchPlace FromParts() const {
    if (!address_.commune_code.empty()) return FromCommuneCode();
    if (!address_.postal_code.empty()) return FromPostalCode();
    if (!town_.name.empty()) return FromTown();
    return {.region = region_,
            .department = department_,
            .department_confidence = 1,
            .country_confidence = kCodesAlone};
  }

  FrenchPlace FromCommuneCode() const {
    const std::optional<Index> commune = table_.FindCommune(address_.commune_code);
    if (!commune) return {};
    FrenchPlace place = At(*commune, 1, kSureCountry);
    if (!address_.postal_code.empty()) {
      const std::optional<uint32_t> typed = ParsePostalCode(address_.postal_code);
      const auto links = table_.ByCommune(*commune);
      // A city with arrondissements has no postcodes of its own, and a CEDEX is on no commune's list.
      if (!links.empty() && !town_.cedex && std::ranges::find(links, typed, [](const auto& link) {
                                              return std::optional(link.postal_code);
                                            }) == links.end()) {
        return {};
      }
    }
    return place;
  }

  FrenchPlace FromPostalCode() const {
    const std::optional<uint32_t> code = ParsePostalCode(address_.postal_code);
    if (!code) return {};
    const std::span<const CommuneTable::PostalLink> links = table_.ByPostalCode(*code);
    if (links.empty()) return FromPrefix(*code);
    if (const std::optional<Index> named = NamedAmong(links)) return At(*named, 1, kSureCountry);

    const double confidence = town_.name.empty() ? 1 : KnownElsewhere() ? kTownElsewhere : kHamlet;
    FrenchPlace place{.department = CommonDepartment(links),
                      .department_confidence = confidence,
                      .country_confidence = kPostalCodeAlone * confidence};
    if (place.department != nullptr && links.front().commune == links.back().commune) {
      place.commune = links.front().commune;
      place.commune_confidence = std::min(confidence, town_.name.empty() ? 1 : kHamletOfOnlyCommune);
    }
    return place;
  }

  FrenchPlace FromPrefix(uint32_t code) const {
    const CommuneTable::Department* department = table_.DepartmentOfPostalCode(code);
    if (department == nullptr) return {};
    const double confidence = town_.cedex ? kCedex : kUnknownPostalCode;
    FrenchPlace place{
        .department = department, .department_confidence = confidence, .country_confidence = confidence};
    if (town_.cedex) {
      if (const std::optional<Index> commune = OnlyTown(department, nullptr)) {
        place.commune = commune;
        place.commune_confidence = confidence;
      }
    }
    return place;
  }

  FrenchPlace FromTown() const {
    const std::optional<Index> commune = OnlyTown(department_, region_);
    const bool scoped = department_ != nullptr || region_ != nullptr;
    if (!commune) {
      return {.region = region_,
              .department = department_,
              .department_confidence = 1,
              .country_confidence = kCodesAlone};
    }
    return At(*commune, scoped ? kTownInDepartment : kOnlyTownOfName,
              scoped ? kTownInDepartment : kCodesAlone);
  }

  // The place of a commune, with its postcode where it has one only.
  FrenchPlace At(Index commune, double confidence, double country_confidence) const {
    FrenchPlace place{.department = &table_.department(table_.commune(commune)),
                      .department_confidence = confidence,
                      .commune = commune,
                      .commune_confidence = confidence,
                      .country_confidence = country_confidence};
    const auto links = table_.ByCommune(commune);
    if (!links.empty() && links.front().postal_code == links.back().postal_code) {
      place.postal_code = links.front().postal_code;
    }
    return place;
  }

  // The one commune among those of a postcode that bears the typed name.
  std::optional<Index> NamedAmong(std::span<const CommuneTable::PostalLink> links) const {
    std::optional<Index> named;
    if (town_.name.empty()) return named;
    for (const CommuneTable::PostalLink& link : links) {
      const CommuneTable::Commune& commune = table_.commune(link.commune);
      if (commune.key != town_.name && link.label_key != town_.name) continue;
      if (named && *named != link.commune) return std::nullopt;
      named = link.commune;
    }
    return named;
  }

  // The department of all communes of a postcode, or the given one where only some lie in it.
  const CommuneTable::Department* CommonDepartment(std::span<const CommuneTable::PostalLink> links) const {
    const CommuneTable::Department* common = nullptr;
    bool several = false;
    for (const CommuneTable::PostalLink& link : links) {
      const CommuneTable::Department* department = &table_.department(table_.commune(link.commune));
      if (department == department_) return department_;
      several = several || (common != nullptr && common != department);
      common = department;
    }
    return several ? nullptr : common;
  }

  bool KnownElsewhere() const { return !table_.ByName(town_.name).empty(); }

  // The one town of the typed name in `department`, in `region`, or in France when both are null.
  std::optional<Index> OnlyTown(const CommuneTable::Department* department,
                                const CommuneTable::Region* region) const {
    std::optional<Index> only;
    for (const Index index : table_.ByName(town_.name)) {
      const CommuneTable::Department& of_town = table_.department(table_.commune(index));
      if (department != nullptr && department != &of_town) continue;
      if (region != nullptr && region != &table_.region(of_town)) continue;
      if (only) return std::nullopt;
      only = index;
    }
    if (only && town_.arrondissement != 0) {
      if (const auto arrondissement = table_.FindArrondissement(town_.name, town_.arrondissement)) {
        return arrondissement;
      }
    }
    return only;
  }

  // Whether what was found disagrees with a part of the address that was not used to find it.
  bool Contradicts(const FrenchPlace& place) const {
    if (!address_.department_code.empty() && department_ == nullptr) return true;
    if (!address_.administrative_area_code.empty() && region_ == nullptr) return true;
    if (department_ != nullptr && place.department != nullptr && department_ != place.department) return true;
    if (region_ != nullptr && place.region != nullptr && region_ != place.region) return true;
    // `FR` holds for the overseas territories too; the code of one of them for no other.
    const std::string& country = address_.region_code;
    return !country.empty() && country != "FR" && place.department != nullptr &&
           place.department->territory != country;
  }

  const CommuneTable& table_;
  const PostalAddress& address_;
  const LocalityKey town_;
  const CommuneTable::Department* department_ = nullptr;
  const CommuneTable::Region* region_ = nullptr;
};

}  // namespace

FrenchPlace FindPlace(const CommuneTable& table, const PostalAddress& address) {
  return PlaceFinder(table, address).Find();
}

}  // namespace limpid::enrich
