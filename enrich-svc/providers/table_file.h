#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace limpid::enrich {

/// The whole file. NOT_FOUND names a file that cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

/// Gives each row of a table of ours to `on_row`: comma-separated, no quoting, `header` as its first line, so
/// that a file of another shape is refused. The fields look into `content`. INVALID_ARGUMENT names `name` and
/// the line that has another number of fields or that `on_row` refuses.
absl::Status ReadTable(std::string_view name, std::string_view content, std::string_view header,
                       absl::FunctionRef<bool(const std::vector<std::string_view>& fields)> on_row);

}  // namespace limpid::enrich
