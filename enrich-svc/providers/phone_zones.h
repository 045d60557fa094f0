#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace limpid::enrich {

/// Where numbers of the French plan lie, by their first digits. Immutable; thread-safe.
///
/// Since 2023 a fixed number may be kept anywhere in France, so the region is likely, not sure; the zones 02
/// to 05 span several regions and say none.
class PhoneZones {
 public:
  struct Zone {
    std::string prefix;      ///< First digits after the 0.
    std::string territory;   ///< ISO 3166-1: `FR`, `RE` …
    std::string department;  ///< INSEE code; empty where the zone spans several, and for mobiles.
    std::string region;      ///< INSEE code; likewise.
    double confidence = 0;   ///< In department and region.
  };

  /// Reads `phone_zones.csv` from `directory`.
  static absl::StatusOr<std::unique_ptr<const PhoneZones>> Load(const std::string& directory);

  /// The zone of a number's nine digits after the 0, by the longest prefix; null for special numbers (08).
  const Zone* Find(std::string_view national) const;

 private:
  PhoneZones() = default;
  std::vector<Zone> zones_;  ///< By prefix.
};

/// The nine digits after the 0 of a number typed in a French form (`06 12 …`, `+33 (0)6 …`, `00 262 …`),
/// empty for every other text. Looks at digits only: whether the number is assigned it does not know.
std::string FrenchNationalDigits(std::string_view typed, bool default_is_french);

}  // namespace limpid::enrich
