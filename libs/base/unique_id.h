#pragma once

#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/base/random.h"

namespace limpid {

/// A new id for the last part of a resource name: `prefix`, the time, then chance.
///
/// Only a–z and 0–9; `prefix` gives the leading letter (`c` for contacts) and has at most 37 characters of
/// a–z, 0–9 and `-`, so that the whole stays within the 63 of a DNS label. Ids of one prefix sort by the
/// millisecond of their making, which keeps the inserts of a B-tree index at its right edge. 80 random bits
/// keep two makers apart and an id from being guessed from another; a secret it is not (see NewSecret).
std::string NewId(std::string_view prefix, const Clock& clock, Random& random);

}  // namespace limpid
