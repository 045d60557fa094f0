#pragma once

#include <memory>
#include <string>

#include "gateway/capture/peers.h"
#include "libs/http/server.h"

namespace limpid::gateway {

/// What the HTTP door shows without a key, beside the API: `/` (where to read on), `/openapi.json`,
/// `/version`. Everything else goes to `api`. Thread-safe.
class Site final : public http::Handler {
 public:
  struct Options {
    std::string openapi;  ///< The document, as it is served.
    std::string version;
    std::string commit;
  };
  /// `peers` are asked which data they use, and outlive the site.
  Site(Options options, CapturePeers& peers, std::shared_ptr<http::Handler> api);

  void Handle(http::Request request, http::Responder responder) override;

 private:
  void SendVersion(http::Responder responder);

  const Options options_;
  CapturePeers& peers_;
  const std::shared_ptr<http::Handler> api_;
};

}  // namespace limpid::gateway
