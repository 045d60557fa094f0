#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/testing/process.h"
#include "libs/testing/temp_dir.h"
#include "tests/e2e/http_client.h"

namespace limpid::e2e {

/// How the suite runs: as `limpid serve`, or as its four services.
enum class Shape { kOneProcess, kFourProcesses };

/// The real programs on free ports, over a state folder of their own, spoken to as any caller would.
class Suite {
 public:
  struct Options {
    Shape shape = Shape::kOneProcess;
    /// Beside what the suite itself sets; for all programs.
    std::map<std::string, std::string> environment;
    /// Two: a second one, `verify-svc-2`, is called by turns. They need a PostgreSQL in `environment`.
    int replicas_of_verify = 1;
  };

  explicit Suite(Options options);

  /// `METHOD path`, with the operator's key and `application/json` unless `headers` say otherwise.
  HttpAnswer Call(std::string_view method, std::string_view path, std::string_view body = "",
                  std::vector<std::pair<std::string, std::string>> headers = {});
  HttpAnswer Post(std::string_view path, const nlohmann::json& body,
                  std::vector<std::pair<std::string, std::string>> headers = {}) {
    return Call("POST", path, body.dump(), std::move(headers));
  }
  HttpAnswer Get(std::string_view path) { return Call("GET", path); }
  /// `limpid call method body` through the gRPC door: exit status and what it printed on stdout.
  struct CliAnswer {
    int status = 0;
    std::string output;
    std::string errors;
    nlohmann::json Json() const { return nlohmann::json::parse(output, nullptr, false); }
  };
  CliAnswer Cli(std::vector<std::string> arguments);
  CliAnswer Grpc(std::string_view method, const nlohmann::json& body) {
    return Cli({"call", std::string(method), body.dump()});
  }

  /// A program of the suite by its name: `limpid`, or `gateway`, `verify-svc`, `contact-svc`, `enrich-svc`.
  testing::Process& Program(std::string_view name);
  /// Starts a program anew that has ended, on the ports that it had.
  void Restart(std::string_view name);
  /// Ends all programs as an operator does; true when each exited with 0.
  bool Stop();
  /// All that the programs have logged.
  std::string Logs() const;

  std::string http_url() const;
  std::string grpc_target() const;
  std::string ops_url(std::string_view name = "") const;
  const std::string& key() const { return key_; }
  std::string key_file() const;
  const testing::TempDir& folder() const { return folder_; }

 private:
  struct Running {
    std::vector<std::string> command;
    std::map<std::string, std::string> environment;
    std::unique_ptr<testing::Process> process;
    nlohmann::json serving;  // the line in which it tells its ports
  };
  void Start(const std::string& name, std::vector<std::string> command,
             std::map<std::string, std::string> environment);
  void Launch(Running& program) const;
  const Running& Gateway() const;

  testing::TempDir folder_;
  std::map<std::string, std::string> environment_;
  std::map<std::string, Running, std::less<>> programs_;
  std::string key_;
};

}  // namespace limpid::e2e
