#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

namespace limpid {

/// A string that names one kind of thing: two kinds cannot be swapped, and none is made from a bare literal.
template <class Tag>
class StrongId {
 public:
  StrongId() = default;
  explicit StrongId(std::string value) : value_(std::move(value)) {}

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

  friend bool operator==(const StrongId&, const StrongId&) = default;
  friend auto operator<=>(const StrongId&, const StrongId&) = default;
  template <class H>
  friend H AbslHashValue(H state, const StrongId& id) {
    return H::combine(std::move(state), id.value_);
  }

 private:
  std::string value_;
};

using TenantId = StrongId<struct TenantTag>;
using ContactId = StrongId<struct ContactTag>;
using KeyId = StrongId<struct KeyTag>;

}  // namespace limpid
