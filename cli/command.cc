#include "cli/command.h"

#include <cstdio>

#include "cli/exit_code.h"
#include "libs/base/strings.h"

namespace limpid::cli {

int Misused(std::string_view command, std::string_view fault) {
  const std::string name = command.empty() ? "" : StrCat(" ", command);
  const std::string line =
      StrCat("limpid", name, ": ", fault, "\n`limpid help", name, "` says how it is used.\n");
  std::fputs(line.c_str(), stderr);
  return kExitUsage;
}

}  // namespace limpid::cli
