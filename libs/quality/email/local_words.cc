#include "libs/quality/email/local_words.h"

#include <algorithm>
#include <utility>

#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

std::size_t PairOf(char a, char b) {
  return (static_cast<unsigned char>(a) & 31U) << 5 | (static_cast<unsigned char>(b) & 31U);
}

std::size_t FirstPair(std::string_view text) { return PairOf(text[0], text[1]); }
std::size_t LastPair(std::string_view text) { return PairOf(text[text.size() - 2], text.back()); }

}  // namespace

SqueezedLocal::SqueezedLocal(std::string_view local) {
  const auto squeeze = [this](std::string_view text) {
    for (const char c : text) {
      if (size_ == text_.size()) return;
      if (c != '.' && c != '-' && c != '_')
        text_[size_++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  };
  if (text::IsAscii(local)) {
    squeeze(local);
  } else {
    squeeze(text::Lower(local));
  }
}

AffixWords::AffixWords(std::vector<std::string> words) : words_(std::move(words)) {
  std::erase_if(words_, [](const std::string& word) { return word.size() < 2; });
  for (const std::string& word : words_) {
    first_pairs_.set(FirstPair(word));
    last_pairs_.set(LastPair(word));
  }
}

bool AffixWords::BeginOrEnd(std::string_view squeezed) const {
  if (squeezed.size() < 2) return false;
  const bool may_begin = first_pairs_.test(FirstPair(squeezed));
  const bool may_end = last_pairs_.test(LastPair(squeezed));
  if (!may_begin && !may_end) return false;
  return std::any_of(words_.begin(), words_.end(), [&](const std::string& word) {
    return (may_begin && squeezed.starts_with(word)) || (may_end && squeezed.ends_with(word));
  });
}

}  // namespace limpid::quality
