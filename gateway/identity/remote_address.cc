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

std::string PeerNetwork(std::string_view peer) {
  const std::string address(Unwrap(peer));
  in6_addr v6;
  if (inet_pton(AF_INET6, address.c_str(), &v6) != 1) return address;
  std::array<char, INET6_ADDRSTRLEN> text;
  if (IN6_IS_ADDR_V4MAPPED(&v6)) {
    inet_ntop(AF_INET, v6.s6_addr + 12, text.data(), text.size());
    return text.data();
  }
  std::memset(v6.s6_addr + 8, 0, 8);
  inet_ntop(AF_INET6, &v6, text.data(), text.size());
  return StrCat(text.data(), "/64");
}

}  // namespace limpid::gateway
