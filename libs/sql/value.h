#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace limpid::sql {

/// Bytes that are no text, as an argument of a statement.
struct Blob {
  std::string_view bytes;
};

/// An argument of a statement: null, integer, double, text or bytes. Only looks at text and bytes, which must
/// live until the statement has run. Times are stored as microseconds since the epoch, truths as 0 and 1.
class Value {
 public:
  enum class Kind { kNull, kInt, kDouble, kText, kBlob };

  Value() = default;
  Value(std::nullopt_t) {}  // NOLINT: implicit, so that arguments are written as they are
  template <std::integral Integer>
  Value(Integer value) : kind_(Kind::kInt), int_(static_cast<int64_t>(value)) {}   // NOLINT
  Value(double value) : kind_(Kind::kDouble), double_(value) {}                    // NOLINT
  Value(std::string_view value) : kind_(Kind::kText), bytes_(value) {}             // NOLINT
  Value(const std::string& value) : kind_(Kind::kText), bytes_(value) {}           // NOLINT
  Value(const char* value) : kind_(Kind::kText), bytes_(value) {}                  // NOLINT
  Value(Blob value) : kind_(Kind::kBlob), bytes_(value.bytes) {}                   // NOLINT
  Value(absl::Time value) : kind_(Kind::kInt), int_(absl::ToUnixMicros(value)) {}  // NOLINT
  template <class T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value()) {}  // NOLINT

  Kind kind() const { return kind_; }
  int64_t integer() const { return int_; }
  double real() const { return double_; }
  std::string_view bytes() const { return bytes_; }

 private:
  Kind kind_ = Kind::kNull;
  int64_t int_ = 0;
  double double_ = 0;
  std::string_view bytes_;
};

}  // namespace limpid::sql
