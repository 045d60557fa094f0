#include "docs/generator/markdown_table.h"

#include "libs/base/strings.h"

namespace limpid::docs {

MarkdownTable::MarkdownTable(const std::vector<std::string>& head) {
  AddRow(head);
  text_.push_back('|');
  for (size_t i = 0; i < head.size(); ++i) text_.append("---|");
  text_.push_back('\n');
}

void MarkdownTable::AddRow(const std::vector<std::string>& cells) {
  text_.push_back('|');
  for (const std::string& cell : cells) {
    text_.push_back(' ');
    for (const char c : cell) {
      if (c == '|') text_.push_back('\\');
      text_.push_back(c);
    }
    text_.append(" |");
  }
  text_.push_back('\n');
}

std::string Code(std::string_view text) { return StrCat("`", text, "`"); }

}  // namespace limpid::docs
