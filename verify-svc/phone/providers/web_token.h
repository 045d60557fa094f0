#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

struct evp_pkey_st;

namespace limpid::verify {

/// Signs JSON web tokens with RSA and SHA-256 (RFC 7519, `RS256`). Thread-safe.
class WebTokenSigner {
 public:
  /// INVALID_ARGUMENT when `pem` is no private RSA key. The error does not quote it.
  static absl::StatusOr<WebTokenSigner> Create(std::string_view pem);
  WebTokenSigner(WebTokenSigner&&) noexcept;
  ~WebTokenSigner();

  /// `claims` is a JSON object.
  std::string Sign(std::string_view claims) const;

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  using Key = std::unique_ptr<evp_pkey_st, Free>;
  explicit WebTokenSigner(Key key);

  Key key_;
};

}  // namespace limpid::verify
