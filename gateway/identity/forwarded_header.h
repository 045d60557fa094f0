#pragma once

#include <string_view>
#include <vector>

/// The headers in which proxies say for whom they ask. Each proxy adds to the right, so that what stands on
/// the left is as good as the one who wrote it.
namespace limpid::gateway {

/// The hops of one line of `X-Forwarded-For`, from left to right: addresses with or without a port, or
/// anything at all.
std::vector<std::string_view> HopsOfXForwardedFor(std::string_view line);

/// The same for one line of `Forwarded` (RFC 7239): its parameters `for`, out of their quotes; empty where an
/// element has none. A line that breaks the grammar is one empty hop, for nobody can say where in it the part
/// of a proxy begins.
std::vector<std::string_view> HopsOfForwarded(std::string_view line);

/// The address within a hop, its port and brackets cut off; empty when there is none (`unknown`, `_hidden`).
std::string_view AddressOfHop(std::string_view hop);

}  // namespace limpid::gateway
