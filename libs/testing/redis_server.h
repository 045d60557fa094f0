#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "libs/testing/certificate.h"
#include "libs/testing/process.h"
#include "libs/testing/temp_dir.h"

namespace limpid::testing {

/// A real redis-server of its own: a free port of the loopback address and a unix socket, nothing kept on
/// disk. Ends with the object.
class RedisServer {
 public:
  struct Options {
    std::optional<Certificate> tls;      ///< When given, the port speaks TLS only.
    std::vector<std::string> arguments;  ///< More of redis-server's.
  };
  static absl::StatusOr<std::unique_ptr<RedisServer>> Start(Options options);
  static absl::StatusOr<std::unique_ptr<RedisServer>> Start() { return Start(Options()); }
  /// A sentinel that watches the server on `master_port` under the name `limpid`, and decides alone.
  static absl::StatusOr<std::unique_ptr<RedisServer>> StartSentinel(int master_port);

  int port() const { return port_; }
  const std::string& unix_path() const { return unix_path_; }
  /// Waits for a line of its log that holds `text`.
  bool WaitForLine(std::string_view text) { return process_->WaitForLine(text).has_value(); }
  /// Ends it at once, as a crash would.
  void Kill();
  /// Starts it again on the same port, empty.
  absl::Status Restart();
  /// Stops it from running without ending it: it takes connections and never answers.
  void Freeze() const;
  void Thaw() const;

 private:
  RedisServer() = default;
  static absl::StatusOr<std::unique_ptr<RedisServer>> OnFreePort(std::unique_ptr<RedisServer> server);
  absl::Status Run();

  TempDir folder_;
  std::vector<std::string> command_;  ///< Without the port.
  std::string port_option_;
  std::string ready_line_;
  std::string unix_path_;
  int port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace limpid::testing
