#pragma once

#include <string>
#include <string_view>

namespace limpid::enrich {

/// A French place name as typed, reduced to what its spellings have in common.
struct LocalityKey {
  /// Folded letters and digits without separators, `St`, `Ste` and `s/` spelt out: `St-Étienne s/ Usson` and
  /// `SAINT ETIENNE SUR USSON` are `saintetiennesurusson`. Empty when nothing is left.
  std::string name;
  /// The number at its end, as in `Lyon 3e` or `PARIS 02`; 0 when there is none.
  int arrondissement = 0;
  /// It names a CEDEX, the delivery office of large receivers: its postcode is in no list of communes.
  bool cedex = false;
};

LocalityKey MakeLocalityKey(std::string_view typed);

}  // namespace limpid::enrich
