#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "libs/quality/phone/number_plan.h"

namespace limpid::quality {

/// How the numbers of one region fare under a newer plan.
struct RegionChanges {
  std::size_t compared = 0;
  std::size_t now_valid = 0;
  std::size_t now_invalid = 0;
  std::size_t other_type = 0;         ///< Valid under both.
  std::vector<std::string> examples;  ///< Some that flipped, in E.164 form.
};

/// What a newer plan changes, by region; only regions in which something does. A number that turns invalid is
/// to be looked at, not thrown away: plans describe what a regulator has opened, not what rings.
struct PlanChanges {
  std::size_t compared = 0;
  std::size_t now_valid = 0;
  std::size_t now_invalid = 0;
  std::map<std::string, RegionChanges> regions;
};

/// Asks both plans of the same numbers: every example that either gives, and `samples` for each kind of
/// number of each territory, drawn from the patterns of either. The same plans give the same answer.
PlanChanges ComparePlans(const NumberPlan& before, const NumberPlan& after, std::size_t samples);

}  // namespace limpid::quality
