#include "libs/rpc/misbuilt.h"

#include <cstdlib>

#include "libs/base/log.h"

namespace limpid::rpc {

void Misbuilt(std::string_view what) {
  Log(LogLevel::kError, "misbuilt", {{"what", Label(what)}});
  std::abort();
}

}  // namespace limpid::rpc
