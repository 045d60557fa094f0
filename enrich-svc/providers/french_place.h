#pragma once

#include <cstdint>
#include <optional>

#include "enrich-svc/domain/profile.h"
#include "enrich-svc/providers/commune_table.h"

namespace limpid::enrich {

/// What the parts of a French address say together. Pointers look into the table.
struct FrenchPlace {
  const CommuneTable::Region* region = nullptr;
  const CommuneTable::Department* department = nullptr;
  double department_confidence = 0;  ///< In department and region.
  std::optional<CommuneTable::Index> commune;
  double commune_confidence = 0;
  std::optional<uint32_t> postal_code;  ///< Only where the address has none.
  /// That the address lies in France, where no region code says so.
  double country_confidence = 0;
};

/// The place that `address` describes, as far as it is certain; all empty when its parts contradict each
/// other.
FrenchPlace FindPlace(const CommuneTable& table, const PostalAddress& address);

}  // namespace limpid::enrich
