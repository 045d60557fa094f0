#pragma once

#include <memory>
#include <string>

#include "verify-svc/challenges/http_sender.h"
#include "verify-svc/challenges/message_texts.h"

namespace limpid::verify {

struct SmsFactorSenderOptions {
  std::string url;  ///< `https://api.smsfactor.com`.
  std::string token;
  std::string sender;  ///< What the message is shown as coming from; empty: SMSFactor's.
};

/// Text messages by SMSFactor (dev.smsfactor.com: POST /send).
std::unique_ptr<const SenderProtocol> MakeSmsFactorSender(SmsFactorSenderOptions options,
                                                          std::shared_ptr<const TextsInForce> texts);

}  // namespace limpid::verify
