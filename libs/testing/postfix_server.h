#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/testing/process.h"
#include "libs/testing/temp_dir.h"

namespace limpid::testing {

/// A real Postfix on a free port of the loopback address, that receives mail and delivers none. Runs as root,
/// and as a plain user by pretending to be root. Ends with the object.
class PostfixServer {
 public:
  struct Options {
    std::vector<std::string> mailboxes = {"jean@postfix.test"};
    std::vector<std::string> catch_all_domains;
    /// What is asked of a policy service at each RCPT TO, e.g. `inet:127.0.0.1:10023`; empty: none.
    std::string policy_service;
    std::string settings;  ///< More lines of main.cf.
  };
  static absl::StatusOr<std::unique_ptr<PostfixServer>> Start(Options options);
  static absl::StatusOr<std::unique_ptr<PostfixServer>> Start() { return Start(Options()); }
  ~PostfixServer();
  PostfixServer(const PostfixServer&) = delete;
  PostfixServer& operator=(const PostfixServer&) = delete;

  int port() const { return port_; }
  std::string Log() const;

 private:
  PostfixServer() = default;
  void Configure(const Options& options) const;
  absl::Status Run();

  TempDir folder_;
  int port_ = 0;
  std::unique_ptr<Process> process_;
};

/// A real postgrey, which puts off whoever it has not seen before, as a policy service for Postfix. Ends with
/// the object.
class Postgrey {
 public:
  static absl::StatusOr<std::unique_ptr<Postgrey>> Start();
  /// For PostfixServer::Options::policy_service.
  std::string policy_service() const;

 private:
  Postgrey() = default;

  TempDir folder_;
  int port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace limpid::testing
