#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/http/address_guard.h"

namespace limpid::gateway {

/// Whom a call comes from when proxies of ours stand between.
///
/// Only a TCP peer that is one of them is believed, and of what it says only what other proxies of ours have
/// added: the hops of its header are read from the right, and the first that is not ours is the caller. What
/// stands further left may have been written by anybody. A hop that is no address ends the reading: the
/// caller is then the last proxy that was believed. One header is read and never two, because proxies pass on
/// from their callers the header that they do not write themselves. Immutable.
class TrustedProxies {
 public:
  /// Nobody is believed.
  TrustedProxies() = default;
  /// `blocks` such as `10.0.0.0/8`; `header` is `X-Forwarded-For` or `Forwarded`. Errors name the settings
  /// `gateway.trusted_proxies` and `gateway.forwarded_header`.
  static absl::StatusOr<TrustedProxies> Parse(std::span<const std::string> blocks, std::string_view header);

  bool empty() const { return blocks_.empty(); }
  /// The header that is read, in lower case.
  std::string_view header() const;
  /// The caller's address in its normal form. `peer` as PeerAddress takes it; `lines` are the values of
  /// header() in the order received.
  std::string ClientOf(std::string_view peer, std::span<const std::string_view> lines) const;

 private:
  bool Trusts(std::string_view address) const;

  std::vector<http::AddressBlock> blocks_;
  bool standard_ = false;  ///< `Forwarded` of RFC 7239.
};

}  // namespace limpid::gateway
