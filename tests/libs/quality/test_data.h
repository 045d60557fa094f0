#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/quality/quality_data.h"

namespace limpid::quality {

/// The project's own data, loaded once for all tests.
std::shared_ptr<const QualityData> TestData();

/// The rows of a TSV file below tests/data, without the header line.
std::vector<std::vector<std::string>> ReadRows(std::string_view name);

/// Lines of a file below data/, without comments.
std::vector<std::string> ReadDataLines(std::string_view name);

/// A cell with JSON escapes, decoded to UTF-8.
std::string Unescape(std::string_view cell);

}  // namespace limpid::quality
