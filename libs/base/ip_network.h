#pragma once

#include <string>
#include <string_view>

namespace limpid {

/// The network of an address whose neighbours are most likely the same person or machine: the /24 of an IPv4
/// address (`192.0.2.0/24`), the /64 of an IPv6 address. An IPv4 address mapped into IPv6 counts as itself.
/// Empty for what is no address.
std::string NetworkOf(std::string_view address);

}  // namespace limpid
