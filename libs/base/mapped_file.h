#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace limpid {

/// A file mapped into memory for reading: its pages are shared by every process that maps it and are read
/// when they are touched. Replace such a file by renaming another over it; one that is cut short while it is
/// mapped ends its readers. Immutable; thread-safe.
class MappedFile {
 public:
  /// NOT_FOUND names the file when there is none, INVALID_ARGUMENT when it is empty or not a regular file.
  static absl::StatusOr<std::shared_ptr<const MappedFile>> Open(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  /// Begins at a page.
  std::string_view bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::string_view bytes) : bytes_(bytes) {}

  const std::string_view bytes_;
};

}  // namespace limpid
