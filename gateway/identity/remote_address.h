#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace limpid::gateway {

/// The one way in which we write a numeric address: IPv6 as RFC 5952 says, an IPv4 address mapped into IPv6
/// (`::ffff:192.0.2.1`) as IPv4. Nothing for what is no address.
std::optional<std::string> NormalAddress(std::string_view address);

/// The address of a peer, bare or as gRPC writes it (`ipv4:192.0.2.1:50123`,
/// `ipv6:%5B2001:db8::1%5D:50123`), in its normal form. What is none of these (`unix:`) is itself.
std::string PeerAddress(std::string_view peer);

/// What a peer is told apart by when it may be refused: an IPv4 address, or the 64-bit network of an IPv6
/// address, since one customer has the whole of that. Takes and leaves alone what PeerAddress does.
std::string PeerNetwork(std::string_view peer);

}  // namespace limpid::gateway
