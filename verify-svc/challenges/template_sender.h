#pragma once

#include <memory>
#include <string>

#include "verify-svc/challenges/http_sender.h"
#include "verify-svc/challenges/message_texts.h"

namespace limpid::verify {

struct TemplateSenderOptions {
  std::string url;
  std::string authorization;  ///< Value of the header `Authorization`; may be empty.
  /// JSON in which `{to}` (E.164) and `{text}` stand inside strings.
  std::string body;
};

/// Text messages by any operator that takes a POST of JSON: 2xx says that it has the message, 4xx that it has
/// not.
std::unique_ptr<const SenderProtocol> MakeTemplateSender(TemplateSenderOptions options,
                                                         std::shared_ptr<const TextsInForce> texts);

}  // namespace limpid::verify
