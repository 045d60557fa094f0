#include "enrich-svc/providers/table_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "libs/base/strings.h"

namespace limpid::enrich {
namespace {

void Split(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  while (true) {
    const size_t comma = line.find(',');
    fields.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return;
    line.remove_prefix(comma + 1);
  }
}

absl::Status BrokenTable(std::string_view name, size_t line) {
  return absl::InvalidArgumentError(StrCat(name, ": line ", line, " cannot be read"));
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(StrCat(path, ": cannot be read"));
  in.seekg(0, std::ios::end);
  std::string content(static_cast<size_t>(in.tellg()), '\0');
  in.seekg(0);
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (!in) return absl::NotFoundError(StrCat(path, ": cannot be read"));
  return content;
}

absl::Status ReadTable(std::string_view name, std::string_view content, std::string_view header,
                       absl::FunctionRef<bool(const std::vector<std::string_view>& fields)> on_row) {
  const auto columns = static_cast<size_t>(std::count(header.begin(), header.end(), ',')) + 1;
  std::vector<std::string_view> fields;
  for (size_t number = 1; !content.empty(); ++number) {
    const size_t end = std::min(content.find('\n'), content.size());
    const std::string_view line = content.substr(0, end);
    content.remove_prefix(std::min(end + 1, content.size()));
    if (number == 1) {
      if (line != header) return BrokenTable(name, number);
      continue;
    }
    Split(line, fields);
    if (fields.size() != columns || !on_row(fields)) return BrokenTable(name, number);
  }
  return absl::OkStatus();
}

}  // namespace limpid::enrich
