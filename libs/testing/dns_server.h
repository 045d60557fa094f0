#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/testing/process.h"
#include "libs/testing/temp_dir.h"

namespace limpid::testing {

/// A real DNS server of its own on a free port of the loopback address, UDP and TCP. Knows what it is told
/// and asks nobody. Ends with the object.
class DnsServer {
 public:
  /// dnsmasq with these options, without the dashes: `mx-host=a.fr,mx.a.fr,10`,
  /// `host-record=mx.a.fr,1.2.3.4`, `local=/fr/`. What no option speaks of is REFUSED.
  static absl::StatusOr<std::unique_ptr<DnsServer>> StartDnsmasq(std::vector<std::string> options);
  /// unbound with these lines in its section `server:` (`local-data: "a.fr. 300 IN MX 10 mx.a.fr."`).
  static absl::StatusOr<std::unique_ptr<DnsServer>> StartUnbound(const std::vector<std::string>& lines);

  int port() const { return port_; }
  /// `127.0.0.1:port`.
  std::string address() const;
  void Kill();
  /// Stops it from running without ending it: questions go unanswered.
  void Freeze() const;
  void Thaw() const;

 private:
  enum class Program { kDnsmasq, kUnbound };

  DnsServer() = default;
  static absl::StatusOr<std::unique_ptr<DnsServer>> OnFreePort(Program program,
                                                               const std::vector<std::string>& texts);
  std::vector<std::string> DnsmasqCommand(const std::vector<std::string>& options) const;
  std::vector<std::string> UnboundCommand(const std::vector<std::string>& lines) const;

  TempDir folder_;
  int port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace limpid::testing
