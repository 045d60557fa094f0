#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "limpid/verify/v1/challenge_service.pb.h"

#include "gateway/capture/message_catalogue.h"
#include "gateway/identity/refusal_limiter.h"
#include "libs/base/call.h"
#include "libs/http/server.h"

namespace limpid::gateway {

/// The page `/confirm` that links in e-mails lead to: GET shows a button, and only its POST confirms, because
/// mail scanners follow links and press no buttons. In the visitor's language, without a script, a picture or
/// anything from elsewhere, and never kept by a cache. Everything else goes to `next`. Thread-safe.
class ConfirmPage final : public http::Handler {
 public:
  using Confirm = std::function<void(const Call&, const verify::v1::ConfirmLinkRequest&,
                                     Done<verify::v1::ConfirmLinkResponse>)>;
  struct Options {
    absl::Duration timeout = absl::Seconds(10);
    RefusalLimiter::Options refusals;  ///< Links that are not valid, by address.
  };

  /// `confirm` asks verify-svc.
  ConfirmPage(const Options& options, Confirm confirm, std::shared_ptr<const MessageCatalogue> messages,
              const Clock& clock, std::shared_ptr<http::Handler> next);

  void Handle(http::Request request, http::Responder responder) override;

 private:
  struct Visitor {
    std::string language;
    std::string peer;
  };

  void Ask(const http::Request& request, const Visitor& visitor, http::Responder responder) const;
  void Answer(const http::Request& request, Visitor visitor, http::Responder responder);
  /// A page of which `what` names the texts; `form` stands below them.
  http::Response Page(int status, std::string_view language, std::string_view what,
                      std::string_view form = "") const;

  const Options options_;
  const Confirm confirm_;
  const std::shared_ptr<const MessageCatalogue> messages_;
  const std::shared_ptr<http::Handler> next_;
  RefusalLimiter limiter_;
  const std::string policy_;  ///< Value of Content-Security-Policy.
};

}  // namespace limpid::gateway
