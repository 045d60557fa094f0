#include "cli/version.h"

#include <cstdio>

#include "cli/exit_code.h"
#include "libs/base/strings.h"
#include "libs/base/version.h"

namespace limpid::cli {

int PrintVersion(std::span<const std::string>) {
  std::puts(StrCat("limpid ", Version(), " (", Commit(), ")").c_str());
  return kExitOk;
}

}  // namespace limpid::cli
