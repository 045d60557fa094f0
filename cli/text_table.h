#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::cli {

/// A table of text in aligned columns. Widths are counted in characters, not bytes.
class TextTable {
 public:
  enum class Align { kLeft, kRight };
  explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}

  void AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  /// Each row on a line of its own, `indent` spaces before it, without spaces at its end.
  std::string Render(size_t indent = 0) const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// `1234567` as `1,234,567`.
std::string WithThousands(size_t number);
/// `part` of `whole` as `12.5 %`; empty when `whole` is 0.
std::string Percent(size_t part, size_t whole);

}  // namespace limpid::cli
