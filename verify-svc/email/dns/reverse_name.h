#pragma once

#include <string>
#include <string_view>

namespace limpid::verify::dns {

/// Where the PTR record of an address stands: `1.2.0.192.in-addr.arpa` (RFC 1035 §3.5), or nibbles below
/// `ip6.arpa` (RFC 3596 §2.5). `address` is the four or sixteen bytes of an A or AAAA record.
std::string ReverseName(std::string_view address);

}  // namespace limpid::verify::dns
