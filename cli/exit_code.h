#pragma once

namespace limpid::cli {

/// What `limpid` says to the shell. Documented in cli/README.md; a verdict is never a failure.
enum ExitCode : int {
  kExitOk = 0,
  kExitFailed = 1,        ///< The gateway or a file failed; some of what was asked for was not done.
  kExitUsage = 2,         ///< The command line makes no sense; nothing was done.
  kExitInterrupted = 130  ///< Ctrl-C, as shells say it: 128 + SIGINT.
};

}  // namespace limpid::cli
