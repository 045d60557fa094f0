#include "libs/sql/postgres/wire.h"

#include <bit>
#include <charconv>
#include <cstring>
#include <string_view>

#include <endian.h>
#include <libpq-fe.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::sql {
namespace {

constexpr int kTextFormat = 0;
constexpr int kBinaryFormat = 1;

// Object ids of PostgreSQL's built-in types (src/include/catalog/pg_type.dat); they never change.
enum Oid : unsigned {
  kBool = 16,
  kBytea = 17,
  kName = 19,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kFloat8 = 701,
  kVarchar = 1043,
  kVoid = 2278,
};

template <class Integer>
Integer BigEndian(const char* bytes) {
  Integer value;
  std::memcpy(&value, bytes, sizeof(value));
  if constexpr (sizeof(Integer) == 2) return static_cast<Integer>(be16toh(static_cast<uint16_t>(value)));
  if constexpr (sizeof(Integer) == 4) return static_cast<Integer>(be32toh(static_cast<uint32_t>(value)));
  if constexpr (sizeof(Integer) == 8) return static_cast<Integer>(be64toh(static_cast<uint64_t>(value)));
}

// False for a type that is not read here.
bool AddCell(unsigned type, const char* bytes, size_t size, Rows& rows) {
  switch (type) {
    case kBool:
      rows.AddInt(bytes[0] != 0 ? 1 : 0);
      return true;
    case kInt2:
      rows.AddInt(BigEndian<int16_t>(bytes));
      return true;
    case kInt4:
      rows.AddInt(BigEndian<int32_t>(bytes));
      return true;
    case kInt8:
      rows.AddInt(BigEndian<int64_t>(bytes));
      return true;
    case kFloat8:
      rows.AddDouble(std::bit_cast<double>(BigEndian<int64_t>(bytes)));
      return true;
    case kText:
    case kVarchar:
    case kName:
      rows.AddBytes(Value::Kind::kText, {bytes, size});
      return true;
    case kBytea:
      rows.AddBytes(Value::Kind::kBlob, {bytes, size});
      return true;
    case kVoid:
      rows.AddNull();
      return true;
    default:
      return false;
  }
}

}  // namespace

WireArguments::WireArguments(std::span<const Value> values) : numbers_(values.size()) {
  pointers_.reserve(values.size());
  lengths_.reserve(values.size());
  formats_.reserve(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    const Value& value = values[i];
    std::array<char, 32>& digits = numbers_[i];
    const char* pointer = digits.data();
    int format = kTextFormat;
    switch (value.kind()) {
      case Value::Kind::kNull:
        pointer = nullptr;
        break;
      case Value::Kind::kInt:
        *std::to_chars(digits.begin(), digits.end() - 1, value.integer()).ptr = '\0';
        break;
      case Value::Kind::kDouble:
        *std::to_chars(digits.begin(), digits.end() - 1, value.real()).ptr = '\0';
        break;
      case Value::Kind::kText:
      case Value::Kind::kBlob:
        // A null pointer would be NULL.
        pointer = value.bytes().empty() ? "" : value.bytes().data();
        format = kBinaryFormat;
        break;
    }
    pointers_.push_back(pointer);
    lengths_.push_back(static_cast<int>(value.bytes().size()));
    formats_.push_back(format);
  }
}

absl::StatusOr<Rows> RowsOf(const pg_result* result) {
  Rows rows;
  const int columns = PQnfields(result);
  rows.SetColumns(static_cast<size_t>(columns));
  const int count = PQntuples(result);
  for (int row = 0; row < count; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (PQgetisnull(result, row, column) != 0) {
        rows.AddNull();
      } else if (!AddCell(PQftype(result, column), PQgetvalue(result, row, column),
                          static_cast<size_t>(PQgetlength(result, row, column)), rows)) {
        return MakeError(
            absl::StatusCode::kInternal, reason::kInternal,
            StrCat("SQL: column ", PQfname(result, column), " has a type that is not read here."));
      }
    }
  }
  // Empty for statements that touch no rows; for SELECT the number of rows read.
  const std::string_view changed = PQcmdTuples(const_cast<pg_result*>(result));
  if (!changed.empty() &&
      !std::string_view(PQcmdStatus(const_cast<pg_result*>(result))).starts_with("SELECT")) {
    int64_t number = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), number);
    rows.SetChanged(number);
  }
  return rows;
}

}  // namespace limpid::sql
