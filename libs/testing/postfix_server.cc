#include "libs/testing/postfix_server.h"

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

constexpr std::string_view kQueues[] = {"active",   "bounce", "corrupt",  "defer",   "deferred",
                                        "flush",    "hold",   "incoming", "private", "public",
                                        "maildrop", "saved",  "trace"};

std::string TextOf(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string DomainOf(const std::string& address) { return address.substr(address.find('@') + 1); }

}  // namespace

absl::StatusOr<std::unique_ptr<PostfixServer>> PostfixServer::Start(Options options) {
  if (absl::Status unpacked = MailServersUnpacked(); !unpacked.ok()) return unpacked;
  std::unique_ptr<PostfixServer> server(new PostfixServer());
  for (const std::string_view queue : kQueues) MakeMailServerFolder(server->folder_, StrCat("queue/", queue));
  MakeMailServerFolder(server->folder_, "data");
  MakeMailServerFolder(server->folder_, "log");
  std::filesystem::create_directories(server->folder_.File("queue/pid"));
  std::filesystem::create_directories(server->folder_.File("etc"));
  server->Configure(options);
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (status = server->Run(); status.ok()) return server;
  }
  return status;
}

void PostfixServer::Configure(const Options& options) const {
  std::ofstream mailboxes(folder_.File("etc/mailboxes"));
  std::string domains;
  for (const std::string& mailbox : options.mailboxes) {
    mailboxes << mailbox << " mailbox\n";
    StrAppend(domains, " ", DomainOf(mailbox));
  }
  for (const std::string& domain : options.catch_all_domains) {
    mailboxes << '@' << domain << " mailbox\n";
    StrAppend(domains, " ", domain);
  }
  std::ofstream main(folder_.File("etc/main.cf"));
  main << "compatibility_level = 3.6\n"
       << "queue_directory = " << folder_.File("queue") << "\n"
       << "data_directory = " << folder_.File("data") << "\n"
       << "command_directory = " << UnpackedMailFile("usr/sbin") << "\n"
       << "daemon_directory = " << UnpackedMailFile("usr/lib/postfix/sbin") << "\n"
       << "shlib_directory = " << UnpackedMailFile("usr/lib/postfix") << "\n"
       << "meta_directory = " << folder_.File("etc") << "\n"
       << "maillog_file = " << folder_.File("log/mail.log") << "\n"
       << "maillog_file_prefixes = " << folder_.path().string() << "\n"
       << "mail_owner = postfix\nsetgid_group = postdrop\n"
       << "myhostname = mx.postfix.test\nmydestination =\nmynetworks =\nalias_maps =\nalias_database =\n"
       << "inet_interfaces = loopback-only\ninet_protocols = ipv4\nsmtputf8_enable = yes\n"
       << "virtual_mailbox_domains =" << domains << "\n"
       << "virtual_mailbox_maps = texthash:" << folder_.File("etc/mailboxes") << "\n"
       << "smtpd_recipient_restrictions = reject_unauth_destination, reject_unlisted_recipient";
  if (!options.policy_service.empty()) main << ", check_policy_service " << options.policy_service;
  main << "\n" << options.settings;
  // What its daemons are started with; they get nothing else of our environment.
  main << "import_environment = MAIL_CONFIG=" << folder_.File("etc");
  for (const auto& [name, value] :
       WithRootPretended(MailServerEnvironment(folder_, {"postfix", "postdrop"}))) {
    main << ' ' << name << '=' << value;
  }
  main << "\n";
}

absl::Status PostfixServer::Run() {
  port_ = FreePort();
  std::ofstream(folder_.File("etc/master.cf")) << "127.0.0.1:" << port_ << " inet n - n - - smtpd\n"
                                               << "postlog unix-dgram n - n - 1 postlogd\n"
                                               << "cleanup unix n - n - 0 cleanup\n"
                                               << "qmgr unix n - n 300 1 qmgr\n"
                                               << "rewrite unix - - n - - trivial-rewrite\n"
                                               << "proxymap unix - - n - - proxymap\n"
                                               << "anvil unix - - n - 1 anvil\n";
  auto process = Process::Start(
      {.command = {UnpackedMailFile("usr/lib/postfix/sbin/master"), "-d", "-c", folder_.File("etc")},
       .environment = WithRootPretended(MailServerEnvironment(folder_, {"postfix", "postdrop"}))});
  if (!process.ok()) return process.status();
  process_ = *std::move(process);
  if (WaitForPort(port_, process_->pid())) return absl::OkStatus();
  return absl::UnavailableError(StrCat("postfix does not answer: ", process_->Output(), Log()));
}

PostfixServer::~PostfixServer() {
  if (!process_) return;
  // Its daemons end when it does in good order.
  process_->Signal(SIGTERM);
  process_->Wait();
}

std::string PostfixServer::Log() const { return TextOf(folder_.File("log/mail.log")); }

absl::StatusOr<std::unique_ptr<Postgrey>> Postgrey::Start() {
  if (absl::Status unpacked = MailServersUnpacked(); !unpacked.ok()) return unpacked;
  std::unique_ptr<Postgrey> server(new Postgrey());
  const std::string data = MakeMailServerFolder(server->folder_, "data");
  const std::string nobody = server->folder_.File("nobody");
  std::ofstream(nobody).flush();
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    server->port_ = FreePort();
    auto process = Process::Start(
        {.command = {"perl", "-T", StrCat("-I", UnpackedMailFile("usr/share/perl5")),
                     StrCat("-I", UnpackedMailFile("usr/lib/x86_64-linux-gnu/perl5/5.36")),
                     UnpackedMailFile("usr/sbin/postgrey"), StrCat("--inet=127.0.0.1:", server->port_),
                     StrCat("--dbdir=", data), StrCat("--pidfile=", data, "/pid"), "--user=postgrey",
                     "--group=postgrey", StrCat("--whitelist-clients=", nobody),
                     StrCat("--whitelist-recipients=", nobody)},
         .environment = MailServerEnvironment(server->folder_, {"postgrey"})});
    if (!process.ok()) return process.status();
    server->process_ = *std::move(process);
    if (WaitForPort(server->port_, server->process_->pid())) return server;
  }
  return absl::UnavailableError(StrCat("postgrey does not answer: ", server->process_->Output()));
}

std::string Postgrey::policy_service() const { return StrCat("inet:127.0.0.1:", port_); }

}  // namespace limpid::testing
