#pragma once

#include <string>
#include <string_view>

namespace limpid::gateway {

/// What a peer is told apart by when it may be refused: an IPv4 address, or the 64-bit network of an IPv6
/// address, since one customer has the whole of that. Takes a bare address, and a gRPC peer
/// (`ipv4:192.0.2.1:50123`, `ipv6:%5B2001:db8::1%5D:50123`). What is none of these (`unix:`) is itself.
std::string PeerNetwork(std::string_view peer);

}  // namespace limpid::gateway
