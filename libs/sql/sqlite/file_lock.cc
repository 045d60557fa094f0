#include "libs/sql/sqlite/file_lock.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::sql {

absl::StatusOr<FileLock> FileLock::Take(const std::string& path) {
  // A file of its own: closing any descriptor of the database's would drop the locks that SQLite holds on it.
  const int file = open(StrCat(path, ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return FailedPrecondition(reason::kFailedPrecondition,
                              StrCat("The database file ", path, " can neither be opened nor made."));
  }
  FileLock lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return FailedPrecondition(reason::kFailedPrecondition,
                              StrCat("The database file ", path, " is used by another process."));
  }
  return lock;
}

FileLock::~FileLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace limpid::sql
