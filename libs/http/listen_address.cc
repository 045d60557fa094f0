#include "libs/http/listen_address.h"

#include <charconv>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::http {

absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text) {
  const size_t colon = text.rfind(':');
  ListenAddress address;
  if (colon != std::string_view::npos) {
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    address.host = host;
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error == std::errc() && end == port.data() + port.size() && !host.empty()) return address;
  }
  return InvalidRequest(reason::kInvalidFormat, StrCat("cannot listen at ", text, ": give host:port"));
}

}  // namespace limpid::http
