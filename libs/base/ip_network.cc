#include "libs/base/ip_network.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <arpa/inet.h>

#include "libs/base/strings.h"

namespace limpid {
namespace {

std::string Ipv4Network(const uint8_t* bytes) {
  return StrCat(static_cast<int>(bytes[0]), ".", static_cast<int>(bytes[1]), ".", static_cast<int>(bytes[2]),
                ".0/24");
}

}  // namespace

std::string NetworkOf(std::string_view address) {
  const std::string text(address);
  std::array<uint8_t, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return Ipv4Network(bytes.data());
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return {};
  constexpr std::array<uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) return Ipv4Network(bytes.data() + 12);
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  std::array<char, INET6_ADDRSTRLEN> written{};
  inet_ntop(AF_INET6, bytes.data(), written.data(), written.size());
  return StrCat(written.data(), "/64");
}

}  // namespace limpid
