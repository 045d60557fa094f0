#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace limpid::gateway {

/// How many characters (code points) a text of valid UTF-8 has: what limits in the protos count.
inline size_t CharacterCount(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace limpid::gateway
