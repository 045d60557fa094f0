#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/testing/certificate.h"
#include "libs/testing/process.h"
#include "libs/testing/temp_dir.h"

namespace limpid::testing {

/// A real Exim on a free port of the loopback address, which keeps the mail it takes and sends nothing on.
/// Runs as root and as a plain user. Ends with the object.
class EximServer {
 public:
  struct Options {
    /// Addresses that exist. Others of their domains are refused by `550 5.1.1 User unknown`.
    std::vector<std::string> mailboxes = {"jean@exim.test"};
    std::vector<std::string> catch_all_domains;  ///< Take mail for any local part.
    std::optional<Certificate> tls;              ///< Offers STARTTLS.
    bool demand_tls = false;                     ///< Refuses MAIL FROM before STARTTLS.
    /// Exim ACL statements that are asked before the rules above at each RCPT TO.
    std::string recipient_rules;
  };
  static absl::StatusOr<std::unique_ptr<EximServer>> Start(Options options);
  static absl::StatusOr<std::unique_ptr<EximServer>> Start() { return Start(Options()); }

  int port() const { return port_; }
  /// All messages taken so far, oldest first: envelope and header as Exim keeps them, then the body. A
  /// message is here before its sender is told that it was taken.
  std::vector<std::string> Messages() const;
  /// Exim's log: connections, refusals, messages.
  std::string Log() const;

 private:
  EximServer() = default;
  void Configure(const Options& options, const std::string& file) const;
  absl::Status Run(const std::string& configuration);

  TempDir folder_;
  int port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace limpid::testing
