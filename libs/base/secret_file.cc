#include "libs/base/secret_file.h"

#include <cstdio>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/cleanup/cleanup.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid {
namespace {

absl::Status CannotWrite(const std::string& path) {
  return MakeError(absl::StatusCode::kUnavailable, reason::kInternal, StrCat(path, ": cannot be written"));
}

}  // namespace

absl::Status WriteSecretFile(const std::string& path, std::string_view secret) {
  std::error_code ignored;  // a folder that cannot be made shows when the file is opened
  if (const auto folder = std::filesystem::path(path).parent_path(); !folder.empty()) {
    std::filesystem::create_directories(folder, ignored);
  }
  // Written beside and renamed: a reader sees the old file or the whole new one, never with other rights.
  const std::string draft = path + ".new";
  ::unlink(draft.c_str());
  const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return CannotWrite(path);
  absl::Cleanup remove = [&draft] { ::unlink(draft.c_str()); };
  const std::string line = StrCat(secret, "\n");
  const bool written = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fchmod(file, 0600) == 0 && ::fsync(file) == 0;
  if (::close(file) != 0 || !written) return CannotWrite(path);
  if (std::rename(draft.c_str(), path.c_str()) != 0) return CannotWrite(path);
  std::move(remove).Cancel();
  return absl::OkStatus();
}

}  // namespace limpid
