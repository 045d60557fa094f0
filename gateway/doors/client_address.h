#pragma once

#include <memory>

#include "gateway/identity/trusted_proxies.h"
#include "libs/http/server.h"

namespace limpid::gateway {

/// Before everything else at the HTTP door: puts the caller's own address where that of a trusted proxy
/// stands, so that nobody behind it has to know of proxies. Thread-safe.
class ClientAddress final : public http::Handler {
 public:
  ClientAddress(TrustedProxies proxies, std::shared_ptr<http::Handler> next);

  void Handle(http::Request request, http::Responder responder) override;

 private:
  const TrustedProxies proxies_;
  const std::shared_ptr<http::Handler> next_;
};

}  // namespace limpid::gateway
