#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace limpid::gateway {

/// Decodes `%41`. Nothing when a percent sign is not followed by two hexadecimal digits. `%2F` stays as it is
/// where `keep_slash`: decoded, it would add a segment to a resource name.
std::optional<std::string> PercentDecode(std::string_view text, bool keep_slash);

/// One parameter of a query string, decoded; nothing in place of what cannot be decoded.
struct QueryParameter {
  std::string name;
  std::optional<std::string> value;
};

/// `a=1&b=x+y` in its order (application/x-www-form-urlencoded).
std::vector<QueryParameter> ParseQuery(std::string_view query);

}  // namespace limpid::gateway
