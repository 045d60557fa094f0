#pragma once

#include <array>
#include <span>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/sql/rows.h"
#include "libs/sql/value.h"

struct pg_result;

namespace limpid::sql {

/// Arguments in the form that libpq sends: numbers as text, so that they fit whatever integer type the server
/// infers; text and bytes as they are, without a copy. Looks at the values. Stays where it was made.
class WireArguments {
 public:
  explicit WireArguments(std::span<const Value> values);
  WireArguments(const WireArguments&) = delete;
  WireArguments& operator=(const WireArguments&) = delete;

  int count() const { return static_cast<int>(pointers_.size()); }
  const char* const* pointers() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<std::array<char, 32>> numbers_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

/// A result in binary format as rows. INTERNAL for a column of a type that Dialect does not name.
absl::StatusOr<Rows> RowsOf(const pg_result* result);

}  // namespace limpid::sql
