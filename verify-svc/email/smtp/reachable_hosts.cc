#include "verify-svc/email/smtp/reachable_hosts.h"

#include <algorithm>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace limpid::verify {
namespace {

// Calls `use` with the address in the form that the kernel takes; false for what is none.
template <class Use>
bool WithAddress(const std::string& address, Use use) {
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    return use(reinterpret_cast<const sockaddr&>(v4));
  }
  if (inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    return use(reinterpret_cast<const sockaddr&>(v6));
  }
  return false;
}

}  // namespace

std::vector<SmtpSession::Host> ReachableHosts(const MailDomain& mail, const http::AddressGuard& guard) {
  std::vector<SmtpSession::Host> hosts;
  for (const MailHost& host : mail.hosts) {
    for (const std::string& address : host.addresses) {
      const bool admitted = WithAddress(address, [&guard](const sockaddr& raw) { return guard.Admits(raw); });
      if (admitted) hosts.push_back({host.name, address});
    }
  }
  return hosts;
}

bool AreOnInternet(const std::vector<SmtpSession::Host>& hosts) {
  return std::ranges::all_of(
      hosts, [](const SmtpSession::Host& host) { return WithAddress(host.address, http::IsPublicAddress); });
}

}  // namespace limpid::verify
