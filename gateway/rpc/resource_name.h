#pragma once

#include <string>
#include <string_view>

#include "libs/base/error.h"

namespace limpid::gateway {

/// The id in a resource name (`k1…` of `keys/k1…`); adds a violation of `field` and is empty when it is none.
std::string IdOfName(std::string_view name, std::string_view collection, std::string_view field,
                     ErrorCollector& errors);

}  // namespace limpid::gateway
