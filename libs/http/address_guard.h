#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

struct sockaddr;

namespace limpid::http {

/// A block of addresses, IPv4 or IPv6. A value.
class AddressBlock {
 public:
  /// `10.0.0.0/8`, `fc00::/7`, or a single address.
  static absl::StatusOr<AddressBlock> Parse(std::string_view text);
  /// An IPv4 address mapped into IPv6 (`::ffff:10.0.0.1`) belongs to the IPv4 block.
  bool Contains(const sockaddr& address) const;
  /// The same for a numeric address as text; what is none belongs to no block.
  bool Contains(std::string_view address) const;

 private:
  AddressBlock() = default;
  bool v6_ = false;
  std::array<uint8_t, 16> bytes_{};
  int prefix_ = 0;
};

/// Whether an address belongs to the public internet.
///
/// False for loopback, private, link-local (metadata services among them), carrier-grade NAT, multicast,
/// documentation, benchmarking, reserved and unspecified ranges (the IANA special-purpose registries), and
/// for the IPv6 forms that carry an IPv4 address or may reach one: mapped, compatible, NAT64, 6to4, Teredo.
/// Anything but IPv4 and IPv6 is not public.
bool IsPublicAddress(const sockaddr& address);

/// Decides at connect time, after all names are resolved: how a URL spells an address does not matter.
struct AddressGuard {
  /// Blocks that may be reached although they are not public, e.g. a provider inside the company.
  std::vector<AddressBlock> allowed;

  bool Admits(const sockaddr& address) const;
};

}  // namespace limpid::http
