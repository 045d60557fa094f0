#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "libs/testing/process.h"

namespace limpid::testing {

/// A real SOCKS5 proxy (microsocks) on a free port of the loopback address. Ends with the object.
class SocksProxy {
 public:
  static absl::StatusOr<std::unique_ptr<SocksProxy>> Start();

  /// `socks5://127.0.0.1:port`.
  std::string url() const;

 private:
  SocksProxy() = default;

  int port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace limpid::testing
