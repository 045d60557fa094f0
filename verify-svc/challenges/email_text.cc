#include "verify-svc/challenges/email_text.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

constexpr size_t kBase64Line = 76;
// Of text in one encoded word, so that its line has no more than 76 characters (RFC 2047 §2).
constexpr size_t kWordBytes = 39;

std::string Base64(std::string_view text) {
  std::string encoded;
  absl::Base64Escape(Absl(text), &encoded);
  return encoded;
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// Text of a header as encoded words, none of which ends inside a character.
std::string EncodedWords(std::string_view text) {
  std::string words;
  while (!text.empty()) {
    size_t taken = std::min(kWordBytes, text.size());
    while (taken < text.size() && taken > 1 && IsContinuation(text[taken])) --taken;
    StrAppend(words, words.empty() ? "" : "\r\n ", "=?utf-8?B?", Base64(text.substr(0, taken)), "?=");
    text.remove_prefix(taken);
  }
  return words;
}

std::string Body(std::string_view text) {
  const std::string encoded = Base64(absl::StrReplaceAll(Absl(text), {{"\n", "\r\n"}}));
  std::string lines;
  for (size_t begin = 0; begin < encoded.size(); begin += kBase64Line) {
    StrAppend(lines, std::string_view(encoded).substr(begin, kBase64Line), "\r\n");
  }
  return lines;
}

}  // namespace

std::string WriteEmail(const Envelope& envelope, const MessageTexts::Email& email) {
  return StrCat("From: ", EncodedWords(envelope.from_name), " <", envelope.from, ">\r\n", "To: <",
                envelope.to, ">\r\n", "Subject: ", EncodedWords(email.subject), "\r\n",
                "Date: ", absl::FormatTime("%a, %d %b %Y %H:%M:%S +0000", envelope.date, absl::UTCTimeZone()),
                "\r\n", "Message-ID: <", envelope.message_id, ">\r\n", "Auto-Submitted: auto-generated\r\n",
                "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n",
                "Content-Transfer-Encoding: base64\r\n\r\n", Body(email.body));
}

}  // namespace limpid::verify
