#include "verify-svc/email/smtp/reply_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

#include "libs/base/strings.h"
#include "libs/text/unicode.h"
#include "verify-svc/email/smtp/reply.h"

namespace limpid::verify {
namespace {

constexpr std::string_view kMask = "***";
// A shorter local part is also an everyday word.
constexpr std::size_t kShortestMasked = 3;

bool IsWordByte(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || (c & 0x80) != 0; }

// What may stand in front of the @ of an address, RFC 5322 atext and the dot.
bool IsLocalByte(char c) {
  return IsWordByte(c) || absl::StrContains("!#$%&'*+-/=?^_`{|}~.", std::string(1, c));
}

bool IsUrl(std::string_view token) {
  return absl::StrContains(Absl(token), "://") || token.starts_with("www.");
}

bool HasLetter(std::string_view token) {
  return std::ranges::any_of(
      token, [](char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)) || (c & 0x80) != 0; });
}

void AppendWords(std::string_view token, std::vector<std::string>& words) {
  std::string word;
  for (const char c : token) {
    if (IsWordByte(c)) {
      word += c;
    } else if (c != '\'' && !word.empty()) {  // doesn't: doesnt
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
}

// Where the local part begins that ends before the @ at `at`.
std::size_t LocalPartStart(std::string_view text, std::size_t at) {
  if (at > 0 && text[at - 1] == '"') {
    const std::size_t quote = text.substr(0, at - 1).rfind('"');
    return quote == std::string_view::npos ? at - 1 : quote;
  }
  while (at > 0 && IsLocalByte(text[at - 1])) --at;
  return at;
}

void MaskAddresses(std::string& text) {
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    const std::size_t start = LocalPartStart(text, at);
    if (start == at) continue;
    text.replace(start, at - start, kMask);
    at = start + kMask.size();
  }
}

void MaskWord(std::string& text, std::string_view word) {
  if (word.size() < kShortestMasked) return;
  const std::string lower_word = absl::AsciiStrToLower(Absl(word));
  std::string lower = absl::AsciiStrToLower(text);
  for (std::size_t at = lower.find(lower_word); at != std::string::npos; at = lower.find(lower_word, at)) {
    const std::size_t end = at + word.size();
    const bool whole =
        (at == 0 || !IsWordByte(lower[at - 1])) && (end == lower.size() || !IsWordByte(lower[end]));
    if (!whole) {
      ++at;
      continue;
    }
    text.replace(at, word.size(), kMask);
    lower.replace(at, word.size(), kMask);
    at += kMask.size();
  }
}

}  // namespace

std::vector<std::string> ReplyWords(std::string_view text) {
  const std::string folded = text::Fold(text::Nfc(text));
  std::vector<std::string> words;
  for (const absl::string_view piece : absl::StrSplit(folded, absl::ByAnyChar(" \t"), absl::SkipEmpty())) {
    const std::string_view token = Std(piece);
    if (token.starts_with("<>") || (words.empty() && token.starts_with(":"))) {
      words.emplace_back("<>");
    } else if (IsUrl(token)) {
      continue;
    } else if (absl::StrContains(piece, "@")) {
      words.emplace_back("@");
    } else if (HasLetter(token)) {
      AppendWords(token, words);
    }
  }
  return words;
}

std::string MaskedReplyText(std::string_view text, std::string_view local_part) {
  std::string masked = text::Nfc(text);
  for (char& c : masked) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) c = ' ';
  }
  MaskAddresses(masked);
  MaskWord(masked, local_part);
  if (masked.size() > SmtpReplyReader::kKeptLineBytes) {
    masked.resize(SmtpReplyReader::kKeptLineBytes);
    while (!masked.empty() && !text::IsValidUtf8(masked)) masked.pop_back();
  }
  return masked;
}

}  // namespace limpid::verify
