#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

struct sockaddr;

namespace limpid::http {

/// A block of addresses, IPv4 or IPv6.
class AddressBlock {
 public:
  /// `10.0.0.0/8`, `::1/128`, or a single address.
  static absl::StatusOr<AddressBlock> Parse(std::string_view text);
  bool Contains(const sockaddr& address) const;

 private:
  friend bool IsPublicAddress(const sockaddr& address);
  bool v6_ = false;
  uint8_t bytes_[16] = {};
  int prefix_ = 0;
};

/// Whether an address belongs to the public internet.
///
/// False for loopback, private, link-local (metadata services among them), carrier-grade NAT, multicast,
/// documentation, benchmarking, reserved and unspecified ranges (RFC 6890 and the IANA special-purpose
/// registries), and for IPv6 forms that carry such an IPv4 address or may reach one: mapped, compatible,
/// NAT64, 6to4, Teredo. Anything but IPv4 and IPv6 is not public.
bool IsPublicAddress(const sockaddr& address);

/// Decides at connect time, after all names are resolved: what a URL spells does not matter.
struct AddressGuard {
  /// Blocks that may be reached although they are not public, e.g. a provider inside the company.
  std::vector<AddressBlock> allowed;
  bool Admits(const sockaddr& address) const;
};

}  // namespace limpid::http
