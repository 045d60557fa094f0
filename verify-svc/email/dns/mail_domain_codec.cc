#include "verify-svc/email/dns/mail_domain_codec.h"

#include <cstdint>

#include "libs/redis/packing.h"

namespace limpid::verify::dns {
namespace {

// Another number for every change of what follows: replicas of two versions share a Redis for a while.
constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kMostHosts = 16;
constexpr auto kLastState = static_cast<std::int64_t>(MailDomainState::kError);

}  // namespace

std::string Pack(const MailDomain& mail, absl::Time expiry) {
  redis::Packer packer;
  packer.Number(kVersion);
  packer.Number(absl::ToUnixMillis(expiry));
  packer.Number(static_cast<std::int64_t>(mail.state));
  packer.Number(mail.implicit_mx ? 1 : 0);
  packer.Number(mail.spf_denies_all ? 1 : 0);
  packer.Number(static_cast<std::int64_t>(mail.hosts.size()));
  for (const MailHost& host : mail.hosts) {
    packer.Text(host.name);
    packer.Number(host.preference);
    packer.Number(static_cast<std::int64_t>(host.addresses.size()));
    for (const std::string& address : host.addresses) packer.Text(address);
  }
  return packer.Take();
}

std::optional<MailDomain> UnpackMailDomain(std::string_view packed, absl::Time now) {
  redis::Unpacker unpacker(packed);
  if (unpacker.Number() != kVersion) return std::nullopt;
  MailDomain mail;
  mail.time_to_live = absl::FromUnixMillis(unpacker.Number()) - now;
  const std::int64_t state = unpacker.Number();
  mail.implicit_mx = unpacker.Number() != 0;
  mail.spf_denies_all = unpacker.Number() != 0;
  const std::int64_t hosts = unpacker.Number();
  if (!unpacker.ok() || mail.time_to_live <= absl::ZeroDuration()) return std::nullopt;
  if (state < 0 || state > kLastState || hosts > kMostHosts) return std::nullopt;
  mail.state = static_cast<MailDomainState>(state);
  for (std::int64_t i = 0; i < hosts && unpacker.ok(); ++i) {
    MailHost& host = mail.hosts.emplace_back();
    host.name = unpacker.Text();
    host.preference = static_cast<std::uint16_t>(unpacker.Number());
    for (std::int64_t left = unpacker.Number(); left > 0 && unpacker.ok(); --left) {
      host.addresses.emplace_back(unpacker.Text());
    }
  }
  if (!unpacker.whole()) return std::nullopt;
  return mail;
}

}  // namespace limpid::verify::dns
