#include "libs/testing/socks_proxy.h"

#include <utility>

#include "libs/base/strings.h"
#include "libs/testing/free_port.h"
#include "libs/testing/mail_server_user.h"
#include "libs/testing/wait_for_port.h"

namespace limpid::testing {
namespace {

// Another process may take a free port before the proxy has it.
constexpr int kAttempts = 5;

}  // namespace

absl::StatusOr<std::unique_ptr<SocksProxy>> SocksProxy::Start() {
  if (absl::Status unpacked = MailServersUnpacked(); !unpacked.ok()) return unpacked;
  std::unique_ptr<SocksProxy> proxy(new SocksProxy());
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    proxy->port_ = FreePort();
    auto process = Process::Start(
        {.command = {UnpackedMailFile("usr/bin/microsocks"), "-i", "127.0.0.1", "-p", StrCat(proxy->port_)}});
    if (!process.ok()) return process.status();
    proxy->process_ = *std::move(process);
    if (WaitForPort(proxy->port_, proxy->process_->pid())) return proxy;
  }
  return absl::UnavailableError(StrCat("microsocks does not answer: ", proxy->process_->Output()));
}

std::string SocksProxy::url() const { return StrCat("socks5://127.0.0.1:", port_); }

}  // namespace limpid::testing
