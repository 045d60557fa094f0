#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"

#include "verify-svc/challenges/message_texts.h"

namespace limpid::verify {

/// Who writes to whom.
struct Envelope {
  std::string from;       ///< An address.
  std::string from_name;  ///< What it is shown as.
  std::string to;
  std::string message_id;  ///< Without its angle brackets.
  absl::Time date;
};

/// The message as it goes over the wire after DATA (RFC 5322, RFC 2045): plain text in UTF-8, in base64 so
/// that no server on the way changes a line, marked as sent by a machine (RFC 3834).
std::string WriteEmail(const Envelope& envelope, const MessageTexts::Email& email);

}  // namespace limpid::verify
