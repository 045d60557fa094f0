#include "libs/http/address_guard.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::http {
namespace {

struct Bytes {
  std::array<uint8_t, 16> value{};
  bool v6 = false;
};

bool IsMapped(const std::array<uint8_t, 16>& bytes) {
  return std::all_of(bytes.begin(), bytes.begin() + 10, [](uint8_t b) { return b == 0; }) &&
         bytes[10] == 0xff && bytes[11] == 0xff;
}

std::optional<Bytes> BytesOf(const sockaddr& address) {
  Bytes bytes;
  if (address.sa_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    std::memcpy(bytes.value.data(), &v4.sin_addr, 4);
    return bytes;
  }
  if (address.sa_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    std::memcpy(bytes.value.data(), &v6.sin6_addr, 16);
    bytes.v6 = true;
    return bytes;
  }
  return std::nullopt;
}

bool SamePrefix(const uint8_t* a, const uint8_t* b, int bits) {
  const int whole = bits / 8;
  if (!std::equal(a, a + whole, b)) return false;
  const int rest = bits % 8;
  return rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == 0;
}

// The IANA IPv4 and IPv6 special-purpose address registries, and multicast.
constexpr std::string_view kNotPublic[] = {
    "0.0.0.0/8",          // this network
    "10.0.0.0/8",         // private
    "100.64.0.0/10",      // carrier-grade NAT
    "127.0.0.0/8",        // loopback
    "169.254.0.0/16",     // link-local; metadata services of clouds
    "172.16.0.0/12",      // private
    "192.0.0.0/24",       // protocol assignments
    "192.0.2.0/24",       // documentation
    "192.31.196.0/24",    // AS112
    "192.52.193.0/24",    // AMT
    "192.88.99.0/24",     // 6to4 relays
    "192.168.0.0/16",     // private
    "192.175.48.0/24",    // AS112
    "198.18.0.0/15",      // benchmarking
    "198.51.100.0/24",    // documentation
    "203.0.113.0/24",     // documentation
    "224.0.0.0/4",        // multicast
    "240.0.0.0/4",        // reserved, broadcast
    "::/96",              // unspecified, loopback, IPv4-compatible
    "::ffff:0:0/96",      // IPv4-mapped
    "::ffff:0:0:0/96",    // IPv4-translated (RFC 2765)
    "64:ff9b::/96",       // NAT64
    "64:ff9b:1::/48",     // NAT64 of a network's own
    "100::/64",           // discard
    "2001::/23",          // protocol assignments, Teredo, ORCHID
    "2001:db8::/32",      // documentation
    "2002::/16",          // 6to4
    "2620:4f:8000::/48",  // AS112
    "3fff::/20",          // documentation
    "5f00::/16",          // segment routing
    "fc00::/7",           // unique local
    "fe80::/10",          // link-local
    "fec0::/10",          // site-local
    "ff00::/8",           // multicast
};

const std::vector<AddressBlock>& NotPublic() {
  static const auto& blocks = *[] {
    auto* made = new std::vector<AddressBlock>;
    for (const std::string_view text : kNotPublic) made->push_back(*AddressBlock::Parse(text));
    return made;
  }();
  return blocks;
}

}  // namespace

absl::StatusOr<AddressBlock> AddressBlock::Parse(std::string_view text) {
  const absl::Status malformed =
      InvalidRequest(reason::kInvalidFormat, StrCat("Not a block of addresses: ", text));
  const size_t slash = text.find('/');
  const std::string address(text.substr(0, slash));
  AddressBlock block;
  block.v6_ = address.find(':') != std::string::npos;
  if (inet_pton(block.v6_ ? AF_INET6 : AF_INET, address.c_str(), block.bytes_.data()) != 1) return malformed;
  const int most = block.v6_ ? 128 : 32;
  block.prefix_ = most;
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), block.prefix_);
    if (error != std::errc() || end != digits.data() + digits.size()) return malformed;
    if (block.prefix_ < 0 || block.prefix_ > most) return malformed;
  }
  return block;
}

bool AddressBlock::Contains(const sockaddr& address) const {
  const auto bytes = BytesOf(address);
  if (!bytes) return false;
  const bool mapped = bytes->v6 && IsMapped(bytes->value);
  if (!v6_ && mapped) return SamePrefix(bytes->value.data() + 12, bytes_.data(), prefix_);
  return bytes->v6 == v6_ && SamePrefix(bytes->value.data(), bytes_.data(), prefix_);
}

bool AddressBlock::Contains(std::string_view address) const {
  const std::string text(address);
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) return Contains(reinterpret_cast<sockaddr&>(v4));
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  return inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1 && Contains(reinterpret_cast<sockaddr&>(v6));
}

bool IsPublicAddress(const sockaddr& address) {
  if (address.sa_family != AF_INET && address.sa_family != AF_INET6) return false;
  return std::ranges::none_of(NotPublic(),
                              [&address](const AddressBlock& block) { return block.Contains(address); });
}

bool AddressGuard::Admits(const sockaddr& address) const {
  return IsPublicAddress(address) || std::ranges::any_of(allowed, [&address](const AddressBlock& block) {
           return block.Contains(address);
         });
}

}  // namespace limpid::http
