#include "libs/text/person_name.h"

#include "libs/text/unicode.h"

namespace limpid::text {
namespace {

bool IsApostrophe(std::string_view character) {
  return character == "'" || character == "’" || character == "‘" || character == "ʼ" || character == "`" ||
         character == "´";
}

}  // namespace

std::string DisplayName(std::string_view name) {
  const std::string composed = Nfc(name);
  std::string shown;
  bool space_pending = false;
  for (std::size_t i = 0; i < composed.size();) {
    const std::size_t begin = i;
    const CharKind kind = NextKind(composed, i);
    if (kind == CharKind::kSpace) {
      space_pending = !shown.empty();
    } else if (kind != CharKind::kInvisible) {
      if (space_pending) shown.push_back(' ');
      space_pending = false;
      shown.append(composed, begin, i - begin);
    }
  }
  return shown;
}

std::string NameKey(std::string_view name) {
  std::string key;
  bool space_pending = false;
  // Apostrophes go before folding: NFKD would turn an acute accent typed for one into a space.
  std::string joined;
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t begin = i;
    NextKind(name, i);
    if (const std::string_view character = name.substr(begin, i - begin); !IsApostrophe(character)) {
      joined.append(character);
    }
  }
  const std::string folded = Fold(joined);
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t begin = i;
    switch (NextKind(folded, i)) {
      case CharKind::kLetter:
      case CharKind::kMark:
      case CharKind::kDigit:
        if (space_pending) key.push_back(' ');
        space_pending = false;
        key.append(folded, begin, i - begin);
        break;
      case CharKind::kSpace:
      case CharKind::kOther:
        space_pending = !key.empty();
        break;
      case CharKind::kInvisible:
        break;
    }
  }
  return key;
}

}  // namespace limpid::text
