#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace limpid::enrich {

/// The communes, departments and regions of France with their postcodes, in sorted arrays that look into the
/// text they were read from: some 5 MiB, look-ups by binary search without allocation. Immutable;
/// thread-safe.
class CommuneTable {
 public:
  struct Region {
    std::string_view code;  ///< INSEE.
    std::string_view name;
  };
  struct Department {
    std::string_view code;
    std::string_view name;
    std::string_view territory;  ///< ISO 3166-1: `FR`, `RE` …
    uint16_t region = 0;         ///< Index into regions().
  };
  /// A commune, or an arrondissement of Paris, Lyon or Marseille, which has a code of its own.
  struct Commune {
    std::string_view code;      ///< INSEE.
    std::string_view locality;  ///< What stands on an envelope: for an arrondissement the city's name.
    std::string_view key;       ///< LocalityKey::name of `locality`.
    uint16_t department = 0;    ///< Index into departments().
    uint8_t arrondissement = 0;
  };
  using Index = uint32_t;
  /// A commune that a postcode reaches. `label_key` is the key of the name that the postal service writes,
  /// where that is not the commune's: `CANNES LA BOCCA`.
  struct PostalLink {
    uint32_t postal_code = 0;
    Index commune = 0;
    std::string_view label_key;
  };

  /// Reads `communes.csv`, `postal_labels.csv`, `departments.csv` and `regions.csv` from `directory`. The
  /// error names the file and line that is missing or cannot be read.
  static absl::StatusOr<std::unique_ptr<const CommuneTable>> Load(const std::string& directory);
  CommuneTable(const CommuneTable&) = delete;
  CommuneTable& operator=(const CommuneTable&) = delete;

  const Commune& commune(Index index) const { return communes_[index]; }
  const Department& department(const Commune& commune) const { return departments_[commune.department]; }
  const Region& region(const Department& department) const { return regions_[department.region]; }

  std::optional<Index> FindCommune(std::string_view code) const;
  /// The arrondissement `number` of the city of this key.
  std::optional<Index> FindArrondissement(std::string_view city_key, int number) const;
  const Department* FindDepartment(std::string_view code) const;
  const Department* FindDepartmentByName(std::string_view name) const;
  const Region* FindRegion(std::string_view code) const;
  const Region* FindRegionByName(std::string_view name) const;
  /// Whether an ISO 3166-1 code is that of France or of one of its territories.
  bool IsTerritory(std::string_view region_code) const;
  /// The department that the first digits of a postcode stand for; null when there is none.
  const Department* DepartmentOfPostalCode(uint32_t postal_code) const;

  /// Communes (no arrondissements) of this name.
  std::span<const Index> ByName(std::string_view key) const;
  /// All that a postcode reaches, a commune once for each of its labels.
  std::span<const PostalLink> ByPostalCode(uint32_t postal_code) const;
  /// The postcodes of a commune, as links. Of a city with arrondissements there are none: they have them.
  std::span<const PostalLink> ByCommune(Index commune) const;

 private:
  struct Builder;
  CommuneTable() = default;

  std::deque<std::string> texts_;  ///< What all views look into.
  std::vector<Region> regions_;
  std::vector<Department> departments_;  ///< By code.
  std::vector<Commune> communes_;        ///< By code.
  std::vector<Index> by_name_;           ///< By key.
  std::vector<Index> arrondissements_;
  std::vector<PostalLink> by_postal_code_;
  std::vector<PostalLink> by_commune_;
  std::vector<std::string_view> department_keys_;  ///< As departments_.
  std::vector<std::string_view> region_keys_;      ///< As regions_.
};

/// `75002` (spaces allowed) as a number; nothing for what is not five digits.
std::optional<uint32_t> ParsePostalCode(std::string_view text);
std::string FormatPostalCode(uint32_t postal_code);

}  // namespace limpid::enrich
