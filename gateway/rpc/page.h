#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/base/error.h"

namespace limpid::gateway {

/// Which page a list was asked for (AIP-158).
struct PageRequest {
  int size = 0;
  std::string after;  ///< Id of the last item of the page before; empty for the first page.
};

/// Reads `page_size` (0: 50; more than 1,000 is lowered; negative is refused) and `page_token`, which must be
/// one of `list`.
PageRequest ReadPage(std::string_view list, int32_t page_size, std::string_view page_token,
                     ErrorCollector& errors);
/// The token of the page after the item `last`.
std::string PageToken(std::string_view list, std::string_view last);

}  // namespace limpid::gateway
