#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace limpid::quality {

/// FNV-1a over what was added: tells one state of the data from another, guards against nothing.
class ContentHash {
 public:
  void Add(std::string_view bytes) {
    for (const char c : bytes) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  uint64_t value() const { return state_; }
  /// Twelve digits: they fit into a std::string without allocation, and every verdict carries a copy.
  std::string Hex() const {
    char hex[13];
    std::snprintf(hex, sizeof(hex), "%012llx", static_cast<unsigned long long>(state_ >> 16));
    return hex;
  }

 private:
  uint64_t state_ = 0xCBF29CE484222325ULL;
};

}  // namespace limpid::quality
