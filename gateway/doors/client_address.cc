#include "gateway/doors/client_address.h"

#include <utility>

namespace limpid::gateway {

ClientAddress::ClientAddress(TrustedProxies proxies, std::shared_ptr<http::Handler> next)
    : proxies_(std::move(proxies)), next_(std::move(next)) {}

void ClientAddress::Handle(http::Request request, http::Responder responder) {
  if (!proxies_.empty()) {
    request.remote_address = proxies_.ClientOf(request.remote_address, request.AllHeaders(proxies_.header()));
  }
  next_->Handle(std::move(request), std::move(responder));
}

}  // namespace limpid::gateway
