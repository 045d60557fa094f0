#include "libs/quality/phone/number_beginnings.h"

#include <limits>

namespace limpid::quality {

bool NumberBeginnings::Add(std::string_view calling_code, std::string_view beginning, std::size_t row) {
  constexpr std::size_t kMost = std::numeric_limits<uint16_t>::max();
  uint16_t at = 0;
  for (const std::string_view part : {calling_code, beginning}) {
    for (const char c : part) {
      if (c != 'x' && (c < '0' || c > '9')) return false;
      const std::size_t edge = c == 'x' ? kAnyDigit : static_cast<std::size_t>(c - '0');
      if (nodes_[at].longer[edge] == 0) {
        if (nodes_.size() > kMost) return false;
        nodes_[at].longer[edge] = static_cast<uint16_t>(nodes_.size());
        nodes_.emplace_back();
      }
      at = nodes_[at].longer[edge];
    }
  }
  if (row > kMost || entries_.size() >= kMost) return false;
  entries_.push_back({.row = static_cast<uint16_t>(row), .next_entry = nodes_[at].first_entry});
  nodes_[at].first_entry = static_cast<uint16_t>(entries_.size());
  return true;
}

}  // namespace limpid::quality
