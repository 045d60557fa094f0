#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "libs/base/unique_fd.h"
#include "libs/redis/transport.h"

struct ssl_ctx_st;

namespace limpid::redis {

/// Files in PEM. Empty: the system's authorities, no certificate of our own.
struct TlsFiles {
  std::string ca;
  std::string certificate;
  std::string key;
};

/// What all TLS connections of a client share. The server's certificate is always verified against the
/// authorities and the name or address that was dialled. TLS 1.2 and later.
class TlsContext {
 public:
  /// FAILED_PRECONDITION when a file cannot be used.
  static absl::StatusOr<TlsContext> Create(const TlsFiles& files);

  std::unique_ptr<Transport> Wrap(UniqueFd fd, const std::string& host) const;

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  explicit TlsContext(ssl_ctx_st* context) : context_(context) {}

  std::unique_ptr<ssl_ctx_st, Free> context_;
};

}  // namespace limpid::redis
