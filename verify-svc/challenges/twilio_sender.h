#pragma once

#include <memory>
#include <string>

#include "verify-svc/challenges/http_sender.h"
#include "verify-svc/challenges/message_texts.h"

namespace limpid::verify {

struct TwilioSenderOptions {
  std::string url;      ///< `https://api.twilio.com`.
  std::string account;  ///< Its SID.
  std::string token;
  std::string from;  ///< A number of the account, E.164.
};

/// Text messages and calls by Twilio (2010-04-01: Messages and Calls).
std::unique_ptr<const SenderProtocol> MakeTwilioSender(TwilioSenderOptions options,
                                                       std::shared_ptr<const TextsInForce> texts);

}  // namespace limpid::verify
