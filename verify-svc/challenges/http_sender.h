#pragma once

#include <memory>
#include <string>

#include "libs/http/client.h"
#include "libs/http/json_document.h"
#include "verify-svc/challenges/sender.h"

namespace limpid::verify {

/// How one operator wants to be asked over HTTP, and what its answers mean. Thread-safe.
class SenderProtocol {
 public:
  virtual ~SenderProtocol() = default;
  virtual bool Carries(ChallengeChannel channel) const = 0;
  virtual http::FetchRequest Request(const ChallengeMessage& message) const = 0;
  /// Of an answer of 2xx. `body` is empty where it is not JSON.
  virtual Fate Accepted(const http::JsonValue& body) const = 0;
  /// Of an answer of 4xx.
  virtual Fate Rejected(const http::JsonValue& body) const = 0;
};

/// Sends through an operator's HTTP interface, each message once. Thread-safe.
class HttpSender final : public Sender {
 public:
  /// With a client of its own: its transfers end with it.
  HttpSender(std::string name, std::unique_ptr<const SenderProtocol> protocol, http::Client::Options client);

  const std::string& name() const override { return name_; }
  bool Carries(ChallengeChannel channel) const override { return protocol_->Carries(channel); }
  void Send(const Call& call, const ChallengeMessage& message, MessageDelivery::Delivered done) override;

 private:
  Fate FateOf(const absl::StatusOr<http::FetchResponse>& response) const;

  const std::string name_;
  const std::unique_ptr<const SenderProtocol> protocol_;
  http::Client client_;
};

}  // namespace limpid::verify
