#include "cli/csv.h"

#include <algorithm>
#include <array>

namespace limpid::cli {
namespace {

constexpr std::array kSeparators = {',', ';', '\t'};
constexpr size_t kSniffedRows = 20;
constexpr size_t kSniffedBytes = 256 * 1024;

}  // namespace

bool CsvReader::Next(CsvRow& row) {
  while (AtLineEnd()) SkipLineEnd();
  if (at_ >= text_.size()) return false;
  row.line = line_;
  row.unterminated = false;
  size_t count = 0;
  while (true) {
    if (count == row.cells.size()) row.cells.emplace_back();
    std::string& cell = row.cells[count++];
    cell.clear();
    ReadCell(cell, row.unterminated);
    if (at_ >= text_.size() || text_[at_] != separator_) break;
    ++at_;
  }
  row.cells.resize(count);
  if (AtLineEnd()) SkipLineEnd();
  return true;
}

void CsvReader::ReadCell(std::string& cell, bool& unterminated) {
  if (at_ < text_.size() && text_[at_] == '"') {
    ++at_;
    while (true) {
      const size_t quote = text_.find('"', at_);
      const std::string_view inside = text_.substr(at_, quote - at_);
      cell.append(inside);
      line_ += static_cast<size_t>(std::count(inside.begin(), inside.end(), '\n'));
      if (quote == std::string_view::npos) {
        at_ = text_.size();
        unterminated = true;
        return;
      }
      at_ = quote + 1;
      if (at_ >= text_.size() || text_[at_] != '"') break;
      cell.push_back('"');
      ++at_;
    }
  }
  const size_t begin = at_;
  while (at_ < text_.size() && text_[at_] != separator_ && !AtLineEnd()) ++at_;
  cell.append(text_.substr(begin, at_ - begin));
}

void CsvReader::SkipLineEnd() {
  at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
  ++line_;
}

char SniffSeparator(std::string_view text) {
  char best = ',';
  size_t best_score = 0;
  for (const char separator : kSeparators) {
    // How many of the first records have as many cells as the header, times the width: a separator that only
    // occurs inside values cuts records unevenly.
    CsvReader reader(text.substr(0, kSniffedBytes), separator);
    CsvRow row;
    if (!reader.Next(row) || row.cells.size() < 2) continue;
    const size_t width = row.cells.size();
    size_t alike = 1;
    for (size_t i = 1; i < kSniffedRows && reader.Next(row); ++i) alike += row.cells.size() == width;
    const size_t score = alike * width;
    if (score > best_score) {
      best_score = score;
      best = separator;
    }
  }
  return best;
}

void AppendCsvRow(const std::vector<std::string>& cells, char separator, std::string& out) {
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) out.push_back(separator);
    first = false;
    const bool quoted =
        cell.find_first_of("\"\r\n") != std::string::npos || cell.find(separator) != std::string::npos;
    if (!quoted) {
      out.append(cell);
      continue;
    }
    out.push_back('"');
    for (const char c : cell) {
      if (c == '"') out.push_back('"');
      out.push_back(c);
    }
    out.push_back('"');
  }
  // A record of one empty cell would read as an empty line.
  if (cells.size() == 1 && cells.front().empty()) out.append("\"\"");
  out.append("\r\n");
}

std::string WithoutFormula(std::string cell) {
  constexpr std::string_view kFormulaStarts{"=+-@\t\r\0", 7};
  if (!cell.empty() && kFormulaStarts.find(cell.front()) != std::string_view::npos) cell.insert(0, 1, '\'');
  return cell;
}

}  // namespace limpid::cli
