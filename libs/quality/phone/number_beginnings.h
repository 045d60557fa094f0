#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace limpid::quality {

/// Beginnings of numbers, each leading to rows of a table: found by one step for each digit, however many
/// rows there are. `x` in a beginning is any digit.
class NumberBeginnings {
 public:
  /// Row `row` stands at the numbers of `calling_code` that begin so. False when a cell holds anything but
  /// digits and `x`, and when there are too many.
  [[nodiscard]] bool Add(std::string_view calling_code, std::string_view beginning, std::size_t row);

  /// Calls `use(row)` for each beginning that the number has, the shorter ones first.
  template <class Use>
  void ForEach(int calling_code, std::string_view national_digits, Use use) const {
    uint16_t at = 0;
    for (int divisor = calling_code >= 100 ? 100 : calling_code >= 10 ? 10 : 1; divisor > 0; divisor /= 10) {
      at = nodes_[at].longer[static_cast<std::size_t>(calling_code / divisor % 10)];
      if (at == 0) return;
    }
    Walk(at, national_digits, use);
  }

 private:
  static constexpr std::size_t kAnyDigit = 10;

  struct Node {
    std::array<uint16_t, kAnyDigit + 1> longer{};  ///< 0 for none.
    uint16_t first_entry = 0;                      ///< 1 + its index, 0 for none.
  };
  struct Entry {
    uint16_t row = 0;
    uint16_t next_entry = 0;
  };

  template <class Use>
  void Walk(uint16_t at, std::string_view rest, Use& use) const {
    const Node& node = nodes_[at];
    for (uint16_t i = node.first_entry; i != 0; i = entries_[i - 1].next_entry) use(entries_[i - 1].row);
    if (rest.empty()) return;
    for (const uint16_t longer :
         {node.longer[static_cast<std::size_t>(rest[0] - '0')], node.longer[kAnyDigit]}) {
      if (longer != 0) Walk(longer, rest.substr(1), use);
    }
  }

  std::vector<Node> nodes_{1};
  std::vector<Entry> entries_;
};

}  // namespace limpid::quality
