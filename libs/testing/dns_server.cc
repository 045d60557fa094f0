#include "libs/testing/dns_server.h"

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

absl::StatusOr<std::unique_ptr<DnsServer>> DnsServer::StartDnsmasq(std::vector<std::string> options) {
  return OnFreePort(Program::kDnsmasq, options);
}

absl::StatusOr<std::unique_ptr<DnsServer>> DnsServer::StartUnbound(const std::vector<std::string>& lines) {
  return OnFreePort(Program::kUnbound, lines);
}

absl::StatusOr<std::unique_ptr<DnsServer>> DnsServer::OnFreePort(Program program,
                                                                 const std::vector<std::string>& texts) {
  std::string output;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    std::unique_ptr<DnsServer> server(new DnsServer());
    server->port_ = FreePort();
    const bool dnsmasq = program == Program::kDnsmasq;
    auto process =
        Process::Start({.command = dnsmasq ? server->DnsmasqCommand(texts) : server->UnboundCommand(texts)});
    if (!process.ok()) return process.status();
    server->process_ = *std::move(process);
    if (server->process_->WaitForLine(dnsmasq ? "started, version" : "start of service")) return server;
    output = server->process_->Output();
  }
  return absl::UnavailableError(output);
}

std::vector<std::string> DnsServer::DnsmasqCommand(const std::vector<std::string>& options) const {
  // Debian keeps it where an ordinary user's PATH does not look.
  std::vector<std::string> command = {
      "/usr/sbin/dnsmasq", "--no-daemon",       "--conf-file=/dev/null",      "--no-resolv",
      "--no-hosts",        "--bind-interfaces", "--listen-address=127.0.0.1", StrCat("--port=", port_)};
  for (const std::string& option : options) command.push_back(StrCat("--", option));
  return command;
}

std::vector<std::string> DnsServer::UnboundCommand(const std::vector<std::string>& lines) const {
  const std::string file = folder_.File("unbound.conf");
  std::ofstream out(file);
  out << "server:\n  interface: 127.0.0.1\n  port: " << port_
      << "\n  do-daemonize: no\n  use-syslog: no\n  logfile: \"\"\n  verbosity: 1\n  chroot: \"\"\n"
         "  username: \"\"\n  pidfile: \"\"\n  module-config: \"iterator\"\n  num-threads: 1\n"
         "  local-zone: \".\" static\n";
  for (const std::string& line : lines) out << "  " << line << '\n';
  out << "remote-control:\n  control-enable: no\n";
  out.close();
  return {"/usr/sbin/unbound", "-d", "-c", file};
}

std::string DnsServer::address() const { return StrCat("127.0.0.1:", port_); }

void DnsServer::Kill() {
  process_->Signal(SIGKILL);
  process_->Wait();
}

void DnsServer::Freeze() const { process_->Signal(SIGSTOP); }
void DnsServer::Thaw() const { process_->Signal(SIGCONT); }

}  // namespace limpid::testing
