#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace limpid::http {

/// Where and why a text is not JSON.
struct JsonFault {
  size_t offset = 0;         ///< Byte at which the text stops being JSON; its size when something is missing.
  std::string_view message;  ///< A sentence for a person.
  bool too_deep = false;     ///< Nested beyond the limit: what follows was not looked at.
};

/// Looks for the first fault by RFC 8259, in UTF-8; nothing when the text is JSON. simdjson tells that there
/// is one faster than anything, but not where: this is asked only after it refused. Nesting
/// beyond `max_depth` ends the search.
std::optional<JsonFault> FindJsonFault(std::string_view json, size_t max_depth);

}  // namespace limpid::http
