#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace limpid::http {

/// Where to listen, as settings say it: `127.0.0.1:8080`, `[::]:8080`; port 0 lets the system choose.
struct ListenAddress {
  std::string host;  ///< Numeric, without brackets.
  uint16_t port = 0;
};
absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text);

}  // namespace limpid::http
