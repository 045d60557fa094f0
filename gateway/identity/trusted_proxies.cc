#include "gateway/identity/trusted_proxies.h"

#include <algorithm>
#include <optional>

#include "gateway/identity/forwarded_header.h"
#include "gateway/identity/remote_address.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/message.h"

namespace limpid::gateway {

absl::StatusOr<TrustedProxies> TrustedProxies::Parse(std::span<const std::string> blocks,
                                                     std::string_view header) {
  TrustedProxies proxies;
  for (const std::string& text : blocks) {
    absl::StatusOr<http::AddressBlock> block = http::AddressBlock::Parse(text);
    if (!block.ok()) {
      return InvalidField("gateway.trusted_proxies", reason::kInvalidFormat,
                          StrCat("gateway.trusted_proxies: not a block of addresses: ", text));
    }
    proxies.blocks_.push_back(*block);
  }
  proxies.standard_ = http::SameHeaderName(header, "Forwarded");
  if (!proxies.standard_ && !http::SameHeaderName(header, "X-Forwarded-For")) {
    return InvalidField("gateway.forwarded_header", reason::kInvalidFormat,
                        "gateway.forwarded_header: X-Forwarded-For or Forwarded");
  }
  return proxies;
}

std::string_view TrustedProxies::header() const { return standard_ ? "forwarded" : "x-forwarded-for"; }

std::string TrustedProxies::ClientOf(std::string_view peer, std::span<const std::string_view> lines) const {
  std::string address = PeerAddress(peer);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    const std::vector<std::string_view> hops =
        standard_ ? HopsOfForwarded(*line) : HopsOfXForwardedFor(*line);
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
      if (!Trusts(address)) return address;
      std::optional<std::string> before = NormalAddress(AddressOfHop(*hop));
      if (!before) return address;
      address = *std::move(before);
    }
  }
  return address;
}

bool TrustedProxies::Trusts(std::string_view address) const {
  return std::ranges::any_of(blocks_,
                             [address](const http::AddressBlock& block) { return block.Contains(address); });
}

}  // namespace limpid::gateway
