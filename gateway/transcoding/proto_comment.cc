#include "gateway/transcoding/proto_comment.h"

#include <algorithm>

#include "libs/base/trim.h"

namespace limpid::gateway {

std::string TidyComment(std::string_view raw) {
  std::string text;
  bool paragraph = false;
  for (size_t begin = 0; begin < raw.size();) {
    const size_t end = std::min(raw.find('\n', begin), raw.size());
    const std::string_view line = Trim(raw.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty()) {
      paragraph = !text.empty();
      continue;
    }
    if (!text.empty()) text.append(paragraph ? "\n\n" : " ");
    paragraph = false;
    text.append(line);
  }
  return text;
}

std::string FirstSentence(std::string_view comment) {
  const std::string_view paragraph = comment.substr(0, comment.find("\n\n"));
  std::string_view sentence = paragraph.substr(0, paragraph.find(". "));
  if (sentence.ends_with('.')) sentence.remove_suffix(1);
  return std::string(sentence);
}

}  // namespace limpid::gateway
