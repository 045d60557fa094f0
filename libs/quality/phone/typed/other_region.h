#pragma once

#include <optional>
#include <string_view>

#include "libs/quality/phone/typed/meant.h"

namespace limpid::quality {

/// The number of another region than the one assumed, when exactly one of those that are likely has it:
/// `(415) 555-2671` typed into a French form, `1-800-FLOWERS`, `32470123456` whose plus was lost. Surer where
/// the digits are parted as that region parts them.
std::optional<Meant> InOtherRegion(std::string_view text, const Readers& readers);

/// The number of one of `readers.likely`, for text that is `number` in the region assumed: typed by a person
/// with a Belgian address `0470 12 34 56` is Belgian. Where it is a valid number in both, only a mobile
/// number at home that is none here is believed, unless the digits are parted as they are here.
std::optional<Meant> InLikelyRegion(std::string_view text, const PlannedNumber& number,
                                    const Readers& readers);

}  // namespace limpid::quality
