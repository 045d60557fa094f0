#include "verify-svc/email/dns/reverse_name.h"

#include <cstddef>

#include "libs/base/strings.h"

namespace limpid::verify::dns {

std::string ReverseName(std::string_view address) {
  constexpr std::size_t kIpv4Bytes = 4;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string name;
  for (std::size_t i = address.size(); i-- > 0;) {
    const auto byte = static_cast<unsigned char>(address[i]);
    if (address.size() == kIpv4Bytes) {
      StrAppend(name, static_cast<int>(byte), ".");
    } else {
      name += {kDigits[byte & 0x0F], '.', kDigits[byte >> 4], '.'};
    }
  }
  return StrCat(name, address.size() == kIpv4Bytes ? "in-addr.arpa" : "ip6.arpa");
}

}  // namespace limpid::verify::dns
