#include "gateway/identity/remote_address.h"

#include <array>
#include <cstddef>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

constexpr std::string_view kV4 = "ipv4:";
constexpr std::string_view kV6 = "ipv6:";

/// The address inside a gRPC peer.
std::string_view Unwrap(std::string_view peer) {
  if (peer.substr(0, kV4.size()) == kV4) {
    peer.remove_prefix(kV4.size());
    return peer.substr(0, peer.rfind(':'));
  }
  if (peer.substr(0, kV6.size()) != kV6) return peer;
  peer.remove_prefix(kV6.size());
  // gRPC percent-encodes the brackets.
  for (const std::string_view open : {"%5B", "["}) {
    if (peer.substr(0, open.size()) != open) continue;
    peer.remove_prefix(open.size());
    return peer.substr(0, peer.find(open == "[" ? "]" : "%5D"));
  }
  return peer;
}

}  // namespace

std::optional<std::string> NormalAddress(std::string_view address) {
  // inet_pton would read up to a NUL and believe that.
  if (address.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string text(address);
  std::array<char, INET6_ADDRSTRLEN> normal;
  in6_addr v6;
  if (inet_pton(AF_INET6, text.c_str(), &v6) == 1) {
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
      inet_ntop(AF_INET, v6.s6_addr + 12, normal.data(), normal.size());
    } else {
      inet_ntop(AF_INET6, &v6, normal.data(), normal.size());
    }
    return normal.data();
  }
  in_addr v4;
  if (inet_pton(AF_INET, text.c_str(), &v4) != 1) return std::nullopt;
  return text;
}

std::string PeerAddress(std::string_view peer) {
  const std::string_view address = Unwrap(peer);
  return NormalAddress(address).value_or(std::string(address));
}

std::string PeerNetwork(std::string_view peer) {
  std::string address = PeerAddress(peer);
  in6_addr v6;
  if (inet_pton(AF_INET6, address.c_str(), &v6) != 1) return address;
  std::memset(v6.s6_addr + 8, 0, 8);
  std::array<char, INET6_ADDRSTRLEN> text;
  inet_ntop(AF_INET6, &v6, text.data(), text.size());
  return StrCat(text.data(), "/64");
}

}  // namespace limpid::gateway
