#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

#include "libs/sql/value.h"

namespace limpid::sql {

class Rows;

/// One row of an answer; columns count from 0. Looks into its Rows.
///
/// A null reads as 0 or as empty text: ask IsNull where the difference matters. Reading a column as what it
/// is not (text as a number) is a fault of the statement's author and ends the process.
class Row {
 public:
  bool IsNull(size_t column) const;
  int64_t Int(size_t column) const;
  bool Bool(size_t column) const { return Int(column) != 0; }
  double Double(size_t column) const;
  /// Text or bytes, alive as long as the Rows.
  std::string_view Text(size_t column) const;
  absl::Time Time(size_t column) const { return absl::FromUnixMicros(Int(column)); }

 private:
  friend class Rows;
  Row(const Rows& rows, size_t row) : rows_(&rows), row_(row) {}

  const Rows* rows_;
  size_t row_;
};

/// The whole answer of one statement, in two allocations. One thread at a time.
class Rows {
 public:
  class Iterator {
   public:
    Iterator(const Rows& rows, size_t row) : rows_(&rows), row_(row) {}
    Row operator*() const { return (*rows_)[row_]; }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Rows* rows_;
    size_t row_;
  };

  size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  bool empty() const { return cells_.empty(); }
  size_t columns() const { return columns_; }
  Row operator[](size_t row) const { return Row(*this, row); }
  Row front() const { return Row(*this, 0); }
  Iterator begin() const { return Iterator(*this, 0); }
  Iterator end() const { return Iterator(*this, size()); }
  /// How many rows an INSERT, UPDATE or DELETE touched.
  int64_t changed() const { return changed_; }

  // What a backend fills an answer with: the number of columns first, then cell after cell, row by row.
  void SetColumns(size_t columns) { columns_ = columns; }
  void SetChanged(int64_t changed) { changed_ = changed; }
  void AddNull();
  void AddInt(int64_t value);
  void AddDouble(double value);
  void AddBytes(Value::Kind kind, std::string_view bytes);

 private:
  friend class Row;
  struct Cell {
    Value::Kind kind = Value::Kind::kNull;
    uint32_t size = 0;
    union {
      int64_t integer = 0;
      double real;
      size_t offset;
    };
  };

  size_t columns_ = 0;
  int64_t changed_ = 0;
  std::vector<Cell> cells_;
  std::string bytes_;
};

}  // namespace limpid::sql
