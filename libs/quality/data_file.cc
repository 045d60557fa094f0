#include "libs/quality/data_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/quality/content_hash.h"

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

uint64_t StampOfFiles(std::span<const std::string> paths) {
  ContentHash hash;
  for (const std::string& path : paths) {
    std::error_code error;
    const auto written = std::filesystem::last_write_time(path, error).time_since_epoch().count();
    const auto size = error ? 0 : std::filesystem::file_size(path, error);
    hash.Add(StrCat(path, " ", error ? 0 : static_cast<int64_t>(written), " ", size, "\n"));
  }
  return hash.value();
}

}  // namespace limpid::quality
