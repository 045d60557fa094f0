#include "libs/sql/rows.h"

#include <cstdio>
#include <cstdlib>

namespace limpid::sql {
namespace {

[[noreturn]] void DieOfWrongType(size_t column) {
  std::fprintf(stderr, "sql: column %zu was read as a type that it is not\n", column);
  std::abort();
}

}  // namespace

bool Row::IsNull(size_t column) const {
  return rows_->cells_[row_ * rows_->columns_ + column].kind == Value::Kind::kNull;
}

int64_t Row::Int(size_t column) const {
  const Rows::Cell& cell = rows_->cells_[row_ * rows_->columns_ + column];
  if (cell.kind == Value::Kind::kNull) return 0;
  if (cell.kind != Value::Kind::kInt) DieOfWrongType(column);
  return cell.integer;
}

double Row::Double(size_t column) const {
  const Rows::Cell& cell = rows_->cells_[row_ * rows_->columns_ + column];
  if (cell.kind == Value::Kind::kNull) return 0;
  if (cell.kind == Value::Kind::kInt) return static_cast<double>(cell.integer);
  if (cell.kind != Value::Kind::kDouble) DieOfWrongType(column);
  return cell.real;
}

std::string_view Row::Text(size_t column) const {
  const Rows::Cell& cell = rows_->cells_[row_ * rows_->columns_ + column];
  if (cell.kind == Value::Kind::kNull) return {};
  if (cell.kind != Value::Kind::kText && cell.kind != Value::Kind::kBlob) DieOfWrongType(column);
  return std::string_view(rows_->bytes_).substr(cell.offset, cell.size);
}

void Rows::AddNull() { cells_.emplace_back(); }

void Rows::AddInt(int64_t value) {
  Cell& cell = cells_.emplace_back();
  cell.kind = Value::Kind::kInt;
  cell.integer = value;
}

void Rows::AddDouble(double value) {
  Cell& cell = cells_.emplace_back();
  cell.kind = Value::Kind::kDouble;
  cell.real = value;
}

void Rows::AddBytes(Value::Kind kind, std::string_view bytes) {
  Cell& cell = cells_.emplace_back();
  cell.kind = kind;
  cell.size = static_cast<uint32_t>(bytes.size());
  cell.offset = bytes_.size();
  bytes_.append(bytes);
}

}  // namespace limpid::sql
