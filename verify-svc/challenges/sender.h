#pragma once

#include <string>

#include "libs/base/call.h"
#include "verify-svc/app/message_delivery.h"

namespace limpid::verify {

/// Somebody who carries messages: a mail server, an operator's HTTP interface. Thread-safe.
class Sender {
 public:
  virtual ~Sender() = default;
  /// In a word of ours, for settings and metrics: `smtp`, `twilio`.
  virtual const std::string& name() const = 0;
  virtual bool Carries(ChallengeChannel channel) const = 0;
  /// Sends once. `done` is called once, from any thread, and must not block. Whatever leaves open whether
  /// the message was taken is kUncertain.
  virtual void Send(const Call& call, const ChallengeMessage& message, MessageDelivery::Delivered done) = 0;
};

}  // namespace limpid::verify
