#include "libs/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/base/unique_fd.h"

namespace limpid {

absl::StatusOr<std::shared_ptr<const MappedFile>> MappedFile::Open(const std::string& path) {
  const UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return NotFound("file", path);
  struct stat about {};
  if (fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode) || about.st_size == 0) {
    return InvalidField(path, reason::kInvalidFormat, StrCat(path, " is empty or no file."));
  }
  const auto size = static_cast<std::size_t>(about.st_size);
  void* const start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (start == MAP_FAILED) {
    return InvalidField(path, reason::kInvalidFormat, StrCat(path, " cannot be mapped into memory."));
  }
  return std::shared_ptr<const MappedFile>(new MappedFile({static_cast<const char*>(start), size}));
}

MappedFile::~MappedFile() { munmap(const_cast<char*>(bytes_.data()), bytes_.size()); }

}  // namespace limpid
