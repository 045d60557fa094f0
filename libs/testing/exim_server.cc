#include "libs/testing/exim_server.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "libs/base/strings.h"
#include "libs/testing/free_port.h"
#include "libs/testing/mail_server_user.h"
#include "libs/testing/wait_for_port.h"

namespace limpid::testing {
namespace {

// Another process may take a free port before the server has it.
constexpr int kAttempts = 5;
constexpr std::string_view kUser = "Debian-exim";

std::string Joined(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) StrAppend(list, list.empty() ? "" : " : ", word);
  return list;
}

std::string TextOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

absl::StatusOr<std::unique_ptr<EximServer>> EximServer::Start(Options options) {
  if (absl::Status unpacked = MailServersUnpacked(); !unpacked.ok()) return unpacked;
  std::unique_ptr<EximServer> server(new EximServer());
  MakeMailServerFolder(server->folder_, "spool");
  MakeMailServerFolder(server->folder_, "log");
  const std::string configuration = server->folder_.File("exim.conf");
  server->Configure(options, configuration);
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (status = server->Run(configuration); status.ok()) return server;
  }
  return status;
}

void EximServer::Configure(const Options& options, const std::string& file) const {
  std::vector<std::string> domains = options.catch_all_domains;
  for (const std::string& mailbox : options.mailboxes)
    domains.push_back(mailbox.substr(mailbox.find('@') + 1));
  std::ofstream out(file);
  out << "primary_hostname = mx.exim.test\n"
      << "spool_directory = " << folder_.File("spool") << "\n"
      << "log_file_path = " << folder_.File("log") << "/%s\n"
      << "pid_file_path = " << folder_.File("log") << "/exim.pid\n"
      << "local_interfaces = 127.0.0.1\n"
      << "keep_environment = LD_LIBRARY_PATH:LD_PRELOAD:NSS_WRAPPER_PASSWD:NSS_WRAPPER_GROUP\n"
      << "host_lookup =\n"
      << "rfc1413_query_timeout = 0s\n"
      << "queue_only\n"
      << "smtputf8_advertise_hosts = *\n"
      << "domainlist local_domains = " << Joined(domains) << "\n"
      << "domainlist catch_all = " << Joined(options.catch_all_domains) << "\n"
      << "addresslist mailboxes = " << Joined(options.mailboxes) << "\n"
      << "tls_advertise_hosts = " << (options.tls ? "*" : "") << "\n";
  if (options.tls) {
    // Copies, because the test's own folder is closed to Exim's user.
    const std::string certificate = folder_.File("log/certificate.pem");
    const std::string key = folder_.File("log/key.pem");
    std::ofstream(certificate) << TextOf(options.tls->certificate);
    std::ofstream(key) << TextOf(options.tls->key);
    out << "tls_certificate = " << certificate << "\ntls_privatekey = " << key << "\n";
  }
  out << "acl_smtp_mail = mail\nacl_smtp_rcpt = rcpt\nacl_smtp_data = accept\n"
      << "begin acl\nmail:\n";
  if (options.demand_tls)
    out << "  deny message = 5.7.0 Must issue a STARTTLS command first\n  !encrypted = *\n";
  out << "  accept\nrcpt:\n"
      << options.recipient_rules << "  deny message = relay not permitted\n  !domains = +local_domains\n"
      << "  accept domains = +catch_all\n"
      << "  accept recipients = +mailboxes\n"
      << "  deny message = 5.1.1 User unknown\n"
      << "begin routers\nbegin transports\n";
}

absl::Status EximServer::Run(const std::string& configuration) {
  port_ = FreePort();
  auto process = Process::Start({.command = {UnpackedMailFile("usr/sbin/exim4"), "-C", configuration, "-bdf",
                                             "-oX", StrCat("127.0.0.1:", port_)},
                                 .environment = MailServerEnvironment(folder_, {kUser})});
  if (!process.ok()) return process.status();
  process_ = *std::move(process);
  if (WaitForPort(port_, process_->pid())) return absl::OkStatus();
  return absl::UnavailableError(StrCat("exim4 does not answer: ", process_->Output(), Log()));
}

std::vector<std::string> EximServer::Messages() const {
  std::vector<std::filesystem::path> headers;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(folder_.File("spool/input"), error)) {
    if (file.path().filename().string().ends_with("-H")) headers.push_back(file.path());
  }
  // Exim's ids begin with the time.
  std::ranges::sort(headers);
  std::vector<std::string> messages;
  for (const std::filesystem::path& header : headers) {
    std::string body = header.string();
    body.back() = 'D';
    messages.push_back(TextOf(header) + TextOf(body));
  }
  return messages;
}

std::string EximServer::Log() const {
  return TextOf(folder_.File("log/main")) + TextOf(folder_.File("log/panic"));
}

}  // namespace limpid::testing
