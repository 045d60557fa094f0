#pragma once

#include <optional>

#include "libs/quality/phone/typed/meant.h"

namespace limpid::quality {

/// Rewrites a number that is written under one plan and lives in another: overseas numbers dialled as in
/// mainland France (`0690…` is +590 690…), and numbers from before a plan was changed. The rows of
/// `data/phone/moved_numbers.tsv` say which.
std::optional<Meant> WhereItMoved(const PlannedNumber& number, const Readers& readers);

/// The same for a number that is valid where it was read: libphonenumber takes `0596…` and `0269…` for
/// numbers of the mainland, where nobody has them. Cheap where there is nothing to say.
std::optional<Meant> WhereItBelongs(const PlannedNumber& number, const Readers& readers);

}  // namespace limpid::quality
