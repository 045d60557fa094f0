#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace limpid::sql {

/// The right to use a database file, which one process has at a time: what a service keeps in memory (keys,
/// policies, who follows the changes) is only true while nobody else writes. Held by a lock on `PATH.lock`,
/// which the system gives back when the process ends, however it ends. Programs that know nothing of it (a
/// backup, a person's shell) are not kept out.
class FileLock {
 public:
  /// FAILED_PRECONDITION when another process, or another object in this one, has it.
  static absl::StatusOr<FileLock> Take(const std::string& path);

  FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}

  int file_;
};

}  // namespace limpid::sql
