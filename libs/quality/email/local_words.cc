#include "libs/quality/email/local_words.h"

#include <algorithm>
#include <utility>

namespace limpid::quality {
namespace {

uint32_t LetterBit(char c) { return 1U << (static_cast<unsigned char>(c) & 31U); }

}  // namespace

AffixWords::AffixWords(std::vector<std::string> words) : words_(std::move(words)) {
  std::erase_if(words_, [](const std::string& word) { return word.empty(); });
  for (const std::string& word : words_) {
    first_letters_ |= LetterBit(word.front());
    last_letters_ |= LetterBit(word.back());
  }
}

bool AffixWords::BeginOrEnd(std::string_view squeezed) const {
  if (squeezed.empty()) return false;
  const bool may_begin = (first_letters_ & LetterBit(squeezed.front())) != 0;
  const bool may_end = (last_letters_ & LetterBit(squeezed.back())) != 0;
  if (!may_begin && !may_end) return false;
  return std::any_of(words_.begin(), words_.end(), [&](const std::string& word) {
    return (may_begin && squeezed.starts_with(word)) || (may_end && squeezed.ends_with(word));
  });
}

}  // namespace limpid::quality
