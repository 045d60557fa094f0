#include "gateway/doors/confirm_page.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <openssl/evp.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"

#include "gateway/identity/remote_address.h"
#include "libs/base/log.h"
#include "libs/base/strings.h"
#include "libs/rpc/language.h"

namespace limpid::gateway {
namespace {

using verify::v1::ConfirmLinkResponse;

constexpr std::string_view kPath = "/confirm";
constexpr std::string_view kField = "token=";
constexpr size_t kTokenCharacters = 43;
constexpr std::string_view kStyle =
    "body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;display:grid;min-height:100vh;place-items:center;"
    "color:#1a1a1a;background:#fff}main{max-width:30rem;padding:1.5rem}h1{font-size:1.5rem}"
    "button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.4rem;background:#0b5d3b;color:#fff;"
    "cursor:pointer}button:focus-visible{outline:3px solid #f2a900;outline-offset:2px}";

// CSP level 3: an inline style is admitted by its digest, so that nothing else is.
std::string ContentSecurityPolicy() {
  std::array<unsigned char, 32> digest;
  unsigned int size = 0;
  EVP_Digest(kStyle.data(), kStyle.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string encoded;
  absl::Base64Escape(absl::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()),
                     &encoded);
  return StrCat("default-src 'none'; style-src 'sha256-", encoded,
                "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
}

std::string HtmlText(std::string_view text) {
  return absl::StrReplaceAll(
      Absl(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

/// `token` of a query or a form; nothing where it cannot be one of ours.
std::optional<std::string_view> TokenIn(std::string_view fields) {
  while (!fields.empty()) {
    const std::string_view field = fields.substr(0, fields.find('&'));
    fields.remove_prefix(std::min(fields.size(), field.size() + 1));
    if (!field.starts_with(kField)) continue;
    const std::string_view token = field.substr(kField.size());
    const bool ours = token.size() == kTokenCharacters && std::ranges::all_of(token, [](char c) {
                        return absl::ascii_isalnum(c) || c == '-' || c == '_';
                      });
    return ours ? std::optional(token) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

ConfirmPage::ConfirmPage(const Options& options, Confirm confirm,
                         std::shared_ptr<const MessageCatalogue> messages, const Clock& clock,
                         std::shared_ptr<http::Handler> next)
    : options_(options),
      confirm_(std::move(confirm)),
      messages_(std::move(messages)),
      next_(std::move(next)),
      limiter_(options.refusals, clock),
      policy_(ContentSecurityPolicy()) {}

void ConfirmPage::Handle(http::Request request, http::Responder responder) {
  if (request.path() != kPath) return next_->Handle(std::move(request), std::move(responder));
  Visitor visitor{.language = std::string(MessageCatalogue::Supported(
                      rpc::PreferredLanguage(request.Header("Accept-Language").value_or("")), "")),
                  .peer = PeerNetwork(request.remote_address)};
  const std::string_view method = request.method();
  if (method == "GET" || method == "HEAD") return Ask(request, visitor, std::move(responder));
  if (method == "POST") return Answer(request, std::move(visitor), std::move(responder));
  http::Response refusal = Page(405, visitor.language, "not_valid");
  refusal.headers.emplace_back("Allow", "GET, HEAD, POST");
  responder.Send(std::move(refusal));
}

// Asks nobody: whether the link is valid is told to who presses the button.
void ConfirmPage::Ask(const http::Request& request, const Visitor& visitor, http::Responder responder) const {
  const std::optional<std::string_view> token = TokenIn(request.query());
  if (!token) return responder.Send(Page(404, visitor.language, "not_valid"));
  const std::string button = HtmlText(messages_->Message(visitor.language, "confirm_page", "ask.button", ""));
  responder.Send(Page(
      200, visitor.language, "ask",
      StrCat("<form method=\"post\" action=\"", kPath, "\"><input type=\"hidden\" name=\"token\" value=\"",
             *token, "\"><button type=\"submit\">", button, "</button></form>")));
}

void ConfirmPage::Answer(const http::Request& request, Visitor visitor, http::Responder responder) {
  if (limiter_.Wait(visitor.peer) > absl::ZeroDuration()) {
    return responder.Send(Page(429, visitor.language, "later"));
  }
  const std::optional<std::string_view> token = TokenIn(request.body);
  if (!token) {
    limiter_.Count(visitor.peer);
    return responder.Send(Page(404, visitor.language, "not_valid"));
  }
  verify::v1::ConfirmLinkRequest link;
  link.set_token(std::string(*token));
  link.set_remote_address(request.remote_address);
  // Once asked, it is seen through: a visitor who closes the page has still pressed the button.
  confirm_(Call().Within(options_.timeout), link,
           [this, visitor = std::move(visitor),
            responder = std::move(responder)](absl::StatusOr<ConfirmLinkResponse> confirmed) mutable {
             if (!confirmed.ok()) {
               Log(LogLevel::kWarning, "link_not_confirmed",
                   {{"code", Label(absl::StatusCodeToString(confirmed.status().code()))}});
               const bool spent = confirmed.status().code() == absl::StatusCode::kResourceExhausted;
               return responder.Send(Page(spent ? 429 : 503, visitor.language, "later"));
             }
             switch (confirmed->result()) {
               case ConfirmLinkResponse::Result::CONFIRMED:
                 return responder.Send(Page(200, visitor.language, "confirmed"));
               case ConfirmLinkResponse::Result::ALREADY_CONFIRMED:
                 return responder.Send(Page(200, visitor.language, "already_confirmed"));
               default:
                 limiter_.Count(visitor.peer);
                 return responder.Send(Page(404, visitor.language, "not_valid"));
             }
           });
}

http::Response ConfirmPage::Page(int status, std::string_view language, std::string_view what,
                                 std::string_view form) const {
  const auto text = [&](std::string_view part) {
    return HtmlText(messages_->Message(language, "confirm_page", StrCat(what, ".", part), ""));
  };
  const std::string title = text("title");
  return {.status = status,
          .headers = {{"Content-Type", "text/html; charset=utf-8"},
                      {"Content-Language", std::string(language)},
                      {"Vary", "Accept-Language"},
                      {"Cache-Control", "no-store"},
                      {"Content-Security-Policy", policy_},
                      {"Referrer-Policy", "no-referrer"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"X-Robots-Tag", "noindex"}},
          .body = StrCat("<!doctype html>\n<html lang=\"", language,
                         "\"><head><meta charset=\"utf-8\">"
                         "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>",
                         title, "</title><style>", kStyle, "</style></head><body><main><h1>", title,
                         "</h1><p>", text("text"), "</p>", form, "</main></body></html>\n")};
}

}  // namespace limpid::gateway
