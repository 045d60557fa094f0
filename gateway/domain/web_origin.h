#pragma once

#include <string_view>

namespace limpid::gateway {

/// Whether `origin` is written exactly as browsers write the header `Origin` (RFC 6454 §6.2), so that
/// comparing two of them byte by byte is enough: `https://`, the host in lower case and as A-labels, `:port`
/// unless it is the scheme's own, nothing after it. `http://` is for a developer's own machine only:
/// `localhost`, `127.0.0.1` and `[::1]`.
bool IsWebOrigin(std::string_view origin);

}  // namespace limpid::gateway
