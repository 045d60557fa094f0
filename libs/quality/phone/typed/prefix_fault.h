#pragma once

#include <optional>
#include <string_view>

#include "libs/quality/phone/typed/meant.h"

namespace limpid::quality {

/// Finds the number behind faults in front of it: a calling code typed twice (`+33 +33 6…`, `0033 33 6…`),
/// zeros too many (`+0033 6…`, `+33 (0)06…`, `(0)06…`) or too few (`033 6…`), a plus in the wrong place
/// (`33612345678+`, `+06…`) and another country's international prefix (`011 33 6…`). `text` as Stretch has
/// it; `fault` is what the plan says of it.
std::optional<Meant> WithoutPrefixFault(std::string_view text, std::string_view fault,
                                        const Readers& readers);

}  // namespace limpid::quality
