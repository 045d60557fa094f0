#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "absl/status/statusor.h"

#include "libs/base/mutex.h"

namespace limpid::testing {

/// A program that a test runs beside itself: a service of the suite, a server of Debian's. Ends with the
/// object, as do the processes that it started, and with the test's process. Its stderr is read line by line.
/// Thread-safe.
class Process {
 public:
  struct Options {
    std::vector<std::string> command;  ///< Program (looked up in PATH) and arguments.
    /// The whole environment, beside PATH and what a sanitizer reads.
    std::map<std::string, std::string> environment;
    std::string folder;  ///< Working folder; empty: the test's.
  };

  static absl::StatusOr<std::unique_ptr<Process>> Start(Options options);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  /// Waits for a line of stderr that holds `text`, from the first line on; none when the program ends first,
  /// or after a minute.
  std::optional<std::string> WaitForLine(std::string_view text);
  /// All of stderr so far.
  std::string Output() const;
  void Signal(int signal) const;
  /// Waits for the end: the exit status, or 128 + the signal, as a shell says it.
  int Wait();

 private:
  Process() = default;
  void Read(int fd);

  pid_t pid_ = 0;
  std::optional<int> status_;
  std::thread reader_;
  mutable Mutex mutex_;
  CondVar changed_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace limpid::testing
