#pragma once

#include <string_view>

namespace limpid {
class ErrorCollector;
}

namespace limpid::gateway {

/// What keys and tenants are called: one line of text, at most 100 characters, for people to read in lists
/// and logs. Faults go to `errors` as `display_name`.
void CheckDisplayName(std::string_view name, ErrorCollector& errors);

}  // namespace limpid::gateway
