#pragma once

#include <memory>
#include <string>

#include "verify-svc/challenges/message_texts.h"

namespace limpid::verify {

/// The shipped texts, with a page for links.
inline std::shared_ptr<const MessageTexts> ShippedTexts() {
  return MessageTexts::Load(std::string(LIMPID_SOURCE_DIR) + "/data", "https://acme.example/confirm").value();
}
inline std::shared_ptr<const TextsInForce> ShippedTextsInForce() {
  return std::make_shared<const TextsInForce>(ShippedTexts());
}

inline ChallengeMessage CodeMessage(ChallengeChannel channel, std::string destination) {
  return {.channel = channel,
          .destination = std::move(destination),
          .secret = "012345",
          .language = "fr",
          .brand = "Café Léon",
          .autofill_host = {},
          .lifetime = absl::Minutes(10)};
}

}  // namespace limpid::verify
