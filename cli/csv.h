#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::cli {

/// One record of a CSV file.
struct CsvRow {
  std::vector<std::string> cells;
  size_t line = 0;            ///< Line of the file on which it begins, from 1.
  bool unterminated = false;  ///< A quote was opened and the file ended before it was closed.
};

/// Reads CSV as RFC 4180 has it, and as spreadsheets write it: LF, CRLF or CR, any separator, quotes around
/// what holds separators, quotes or line breaks, doubled quotes inside. A quote in the middle of an unquoted
/// cell, and text after a closing quote, are taken as they stand. Lines without any character are skipped. A
/// cell's size is bounded by the text alone. One thread at a time; the text must outlive the reader.
class CsvReader {
 public:
  CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  /// Reads the next record; false at the end. `row` is overwritten: pass the same one again and its cells
  /// keep their memory.
  bool Next(CsvRow& row);
  /// How many bytes have been read.
  size_t offset() const { return at_; }

 private:
  void ReadCell(std::string& cell, bool& unterminated);
  bool AtLineEnd() const { return at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r'); }
  void SkipLineEnd();

  std::string_view text_;
  char separator_;
  size_t at_ = 0;
  size_t line_ = 1;
};

/// The separator of a file: `,`, `;` or tab, the one that cuts the header and the rows after it into the most
/// equal records. `,` for a file of one column.
char SniffSeparator(std::string_view text);

/// Appends one record in RFC 4180's form, ended by CRLF; a cell is quoted when it needs to be.
void AppendCsvRow(const std::vector<std::string>& cells, char separator, std::string& out);

/// A cell of ours that no spreadsheet takes for a formula: one that begins with `= + - @`, tab, carriage
/// return or NUL gets an apostrophe before it (OWASP ASVS 5.0, 1.2.10).
std::string WithoutFormula(std::string cell);

}  // namespace limpid::cli
