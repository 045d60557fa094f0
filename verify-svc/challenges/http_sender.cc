#include "verify-svc/challenges/http_sender.h"

#include <optional>
#include <utility>

#include "libs/base/log.h"

namespace limpid::verify {
namespace {

constexpr int kTooManyRequests = 429;
constexpr int kRequestTimeout = 408;

}  // namespace

HttpSender::HttpSender(std::string name, std::unique_ptr<const SenderProtocol> protocol,
                       http::Client::Options client)
    : name_(std::move(name)), protocol_(std::move(protocol)), client_(std::move(client)) {}

void HttpSender::Send(const Call& call, const ChallengeMessage& message, MessageDelivery::Delivered done) {
  client_.Fetch(call, protocol_->Request(message),
                [this, done = std::move(done)](absl::StatusOr<http::FetchResponse> response) mutable {
                  const Fate fate = FateOf(response);
                  if (fate != Fate::kSent) {
                    Log(LogLevel::kWarning, "message_not_sent",
                        {{"sender", Label(name_)}, {"status", response.ok() ? response->status : 0}});
                  }
                  done(fate);
                });
}

Fate HttpSender::FateOf(const absl::StatusOr<http::FetchResponse>& response) const {
  if (!response.ok()) {
    return http::WasNotSent(response.status()) ? Fate::kNotSent : Fate::kUncertain;
  }
  const int status = response->status;
  if (status == kTooManyRequests) return Fate::kNotSent;
  const std::optional<http::JsonDocument> json = http::JsonDocument::Parse(response->body);
  const http::JsonValue body = json ? json->root() : http::JsonValue();
  if (status >= 200 && status <= 299) return protocol_->Accepted(body);
  if (status >= 400 && status <= 499 && status != kRequestTimeout) return protocol_->Rejected(body);
  // A server that failed may have sent before it did.
  return Fate::kUncertain;
}

}  // namespace limpid::verify
