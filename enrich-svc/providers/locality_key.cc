#include "enrich-svc/providers/locality_key.h"

#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "libs/text/unicode.h"

namespace limpid::enrich {
namespace {

// Short forms of the postal service and of everyday writing.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSpeltOut = {{{"st", "saint"},
                                                                                     {"ste", "sainte"},
                                                                                     {"sts", "saints"},
                                                                                     {"stes", "saintes"},
                                                                                     {"s", "sur"},
                                                                                     {"ss", "sous"}}};

std::string_view SpellOut(std::string_view word) {
  for (const auto& [shortened, full] : kSpeltOut) {
    if (word == shortened) return full;
  }
  return word;
}

bool IsWordCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::vector<std::string_view> Words(std::string_view folded) {
  std::vector<std::string_view> words;
  size_t start = 0;
  for (size_t i = 0; i <= folded.size(); ++i) {
    if (i < folded.size() && IsWordCharacter(folded[i])) continue;
    if (i > start) words.push_back(folded.substr(start, i - start));
    start = i + 1;
  }
  return words;
}

// `3`, `03`, `3e`, `1er`, `3eme`; 0 for another word.
int ArrondissementOf(std::string_view word) {
  int number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || number < 1 || number > 20) return 0;
  const std::string_view suffix = word.substr(static_cast<size_t>(end - word.data()));
  for (const std::string_view known : {"", "e", "er", "eme", "ieme"}) {
    if (suffix == known) return number;
  }
  return 0;
}

}  // namespace

LocalityKey MakeLocalityKey(std::string_view typed) {
  const std::string folded = text::Fold(typed);
  std::vector<std::string_view> words = Words(folded);
  LocalityKey key;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] != "cedex") continue;
    key.cedex = true;
    words.resize(i);
  }
  if (words.size() > 2 && (words.back() == "arrondissement" || words.back() == "arr")) words.pop_back();
  if (words.size() > 1) {
    key.arrondissement = ArrondissementOf(words.back());
    if (key.arrondissement != 0) words.pop_back();
  }
  for (const std::string_view word : words) key.name.append(SpellOut(word));
  return key;
}

}  // namespace limpid::enrich
