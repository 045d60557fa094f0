#include "libs/quality/data_file.h"

#include <fstream>

#include "libs/base/error.h"
#include "libs/base/strings.h"

namespace limpid::quality {

absl::StatusOr<std::string> ReadDataFile(const std::string& directory, std::string_view name) {
  std::ifstream file(StrCat(directory, "/", name), std::ios::binary | std::ios::ate);
  if (!file) return NotFound("data file", name);
  std::string text(static_cast<std::size_t>(file.tellg()), '\0');
  file.seekg(0);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file) return NotFound("data file", name);
  return text;
}

}  // namespace limpid::quality
