#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace limpid::docs {

/// A table of Markdown. Cells are taken as they are, save that a `|` in them is escaped.
class MarkdownTable {
 public:
  explicit MarkdownTable(const std::vector<std::string>& head);
  void AddRow(const std::vector<std::string>& cells);
  /// Ends with a line break.
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// Text that is shown as it is typed: `FLAG_NAME`.
std::string Code(std::string_view text);

}  // namespace limpid::docs
