#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace limpid::gateway {

/// A path template of google.api.http, taken apart: `/v1/{contact.name=contacts/*}:enrich`.
struct PathTemplate {
  /// A field and the segments `[begin, end)` that it takes its value from.
  struct Variable {
    std::string field_path;
    size_t begin = 0;
    size_t end = 0;
  };

  /// Fails for what the grammar of google/api/http.proto does not admit, and for `**` before the end.
  static absl::StatusOr<PathTemplate> Parse(std::string_view text);

  std::vector<std::string> segments;  ///< Literals, `*` for one segment, `**` for all that follow.
  std::string verb;                   ///< What follows the colon; empty when there is none.
  std::vector<Variable> variables;
};

}  // namespace limpid::gateway
