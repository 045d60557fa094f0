#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace limpid::cli {

/// How a text file was written.
enum class Encoding { kUtf8, kUtf16, kWindows1252 };

/// The word that a person is shown.
std::string_view EncodingName(Encoding encoding);

struct FileText {
  std::string text;  ///< UTF-8, without a byte order mark.
  Encoding encoding = Encoding::kUtf8;
};

/// The text of bytes whose encoding nobody declared.
///
/// A byte order mark decides (UTF-8, UTF-16 of either order: what Excel calls "Unicode text"). Without one
/// the bytes are UTF-8 when they are valid UTF-8, and else Windows-1252, the superset of Latin-1 that
/// spreadsheets of Western Europe write. Unpaired surrogates become U+FFFD.
FileText DecodeText(std::string bytes);

/// Reads a file whole. Errors name the file: NOT_FOUND, PERMISSION_DENIED, INVALID_ARGUMENT (a folder, or
/// larger than `max_bytes`), UNAVAILABLE (it cannot be read).
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes);

}  // namespace limpid::cli
