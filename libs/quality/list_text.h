#pragma once

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_split.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::quality {

/// Calls `use(columns)` for each line of a list: columns parted by tabs, `#` begins a comment, blank lines
/// are skipped. INVALID_ARGUMENT names list and line when there are fewer than `columns` or `use` answers
/// false.
template <class Use>
absl::Status ForEachRow(std::string_view list, std::string_view text, std::size_t columns, Use use) {
  int number = 0;
  std::vector<std::string_view> row;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line = line.substr(0, line.find('#'));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t')) {
      line.remove_suffix(1);
    }
    if (line.empty()) continue;
    row.clear();
    for (const absl::string_view cell : absl::StrSplit(Absl(line), '\t')) row.push_back(Std(cell));
    if (row.size() < columns || !use(row)) {
      return InvalidField(list, reason::kInvalidFormat, StrCat("Line ", number, " cannot be read."));
    }
  }
  return absl::OkStatus();
}

}  // namespace limpid::quality
