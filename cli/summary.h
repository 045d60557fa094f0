#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"

#include "cli/row_result.h"

namespace limpid::cli {

/// What a file holds, counted row by row.
class Summary {
 public:
  /// Also finds duplicates inside the file, and writes the earlier row's line into `result`: rows with the
  /// same normalised e-mail or the same number are about the same person or household.
  void Add(size_t line, RowResult& result);
  /// Notes a row with fewer cells than the header; it is checked all the same.
  void AddShortRow(size_t line);

  size_t rows() const { return rows_; }
  size_t Count(RowOutcome outcome) const { return outcomes_[static_cast<size_t>(outcome)]; }
  size_t known() const { return known_; }
  size_t duplicates() const { return duplicates_; }
  const std::map<std::string, size_t>& reasons() const { return reasons_; }

  /// The tables that a person reads.
  std::string Text() const;
  /// The same as one JSON object, for programs.
  std::string Json() const;

 private:
  using Lines = absl::flat_hash_map<std::string, size_t>;

  /// The line of the first row with this value; notes this one when it is the first.
  static std::optional<size_t> FirstWith(Lines& seen, const std::string& value, size_t line);

  size_t rows_ = 0;
  std::array<size_t, 8> outcomes_{};
  size_t known_ = 0;
  size_t duplicates_ = 0;
  size_t short_rows_ = 0;
  size_t first_short_row_ = 0;
  size_t first_ragged_row_ = 0;
  std::map<std::string, size_t> reasons_;
  Lines emails_;
  Lines phones_;
};

}  // namespace limpid::cli
