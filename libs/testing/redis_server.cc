#include "libs/testing/redis_server.h"

#include <csignal>
#include <fstream>
#include <utility>

#include "libs/base/strings.h"
#include "libs/testing/free_port.h"

namespace limpid::testing {
namespace {

// Another process may take a free port before the server has it.
constexpr int kAttempts = 5;

}  // namespace

absl::StatusOr<std::unique_ptr<RedisServer>> RedisServer::Start(Options options) {
  std::unique_ptr<RedisServer> server(new RedisServer());
  server->unix_path_ = server->folder_.File("redis.sock");
  server->ready_line_ = "Ready to accept connections";
  server->port_option_ = options.tls ? "--tls-port" : "--port";
  server->command_ = {"redis-server",
                      "--bind",
                      "127.0.0.1",
                      "--unixsocket",
                      server->unix_path_,
                      "--dir",
                      server->folder_.path().string(),
                      "--save",
                      "",
                      "--appendonly",
                      "no",
                      "--logfile",
                      "/dev/stderr"};
  if (options.tls) {
    const std::vector<std::string> tls = {"--port",
                                          "0",
                                          "--tls-cert-file",
                                          options.tls->certificate,
                                          "--tls-key-file",
                                          options.tls->key,
                                          "--tls-ca-cert-file",
                                          options.tls->certificate,
                                          "--tls-auth-clients",
                                          "optional"};
    server->command_.insert(server->command_.end(), tls.begin(), tls.end());
  }
  server->command_.insert(server->command_.end(), options.arguments.begin(), options.arguments.end());
  return OnFreePort(std::move(server));
}

absl::StatusOr<std::unique_ptr<RedisServer>> RedisServer::StartSentinel(int master_port) {
  std::unique_ptr<RedisServer> server(new RedisServer());
  const std::string file = server->folder_.File("sentinel.conf");
  std::ofstream(file) << "sentinel monitor limpid 127.0.0.1 " << master_port << " 1\n"
                      << "sentinel down-after-milliseconds limpid 300\n"
                      << "sentinel failover-timeout limpid 2000\n";
  server->ready_line_ = "+monitor master limpid";
  server->port_option_ = "--port";
  server->command_ = {"redis-server",
                      file,
                      "--sentinel",
                      "--bind",
                      "127.0.0.1",
                      "--dir",
                      server->folder_.path().string(),
                      "--logfile",
                      "/dev/stderr"};
  return OnFreePort(std::move(server));
}

absl::StatusOr<std::unique_ptr<RedisServer>> RedisServer::OnFreePort(std::unique_ptr<RedisServer> server) {
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    server->port_ = FreePort();
    status = server->Run();
    if (status.ok()) return server;
  }
  return status;
}

absl::Status RedisServer::Run() {
  std::vector<std::string> command = command_;
  command.push_back(port_option_);
  command.push_back(StrCat(port_));
  absl::StatusOr<std::unique_ptr<Process>> process = Process::Start({.command = std::move(command)});
  if (!process.ok()) return process.status();
  process_ = *std::move(process);
  if (process_->WaitForLine(ready_line_)) return absl::OkStatus();
  return absl::UnavailableError(process_->Output());
}

void RedisServer::Kill() {
  process_->Signal(SIGKILL);
  process_->Wait();
}

absl::Status RedisServer::Restart() { return Run(); }

void RedisServer::Freeze() const { process_->Signal(SIGSTOP); }
void RedisServer::Thaw() const { process_->Signal(SIGCONT); }

}  // namespace limpid::testing
