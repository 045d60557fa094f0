#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace limpid::gateway {

/// SHA-256 of a key's secret: all that is kept of it. 256 random bits need no salt and no slow hash (OWASP
/// ASVS 5.0, 6.5.2).
struct SecretHash {
  std::array<uint8_t, 32> bytes{};

  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

  /// Takes the same time wherever two hashes first differ.
  friend bool operator==(const SecretHash& a, const SecretHash& b) {
    uint8_t difference = 0;
    for (size_t i = 0; i < a.bytes.size(); ++i) difference |= a.bytes[i] ^ b.bytes[i];
    return difference == 0;
  }
  /// The bytes are as good as random: any eight of them do.
  template <class H>
  friend H AbslHashValue(H state, const SecretHash& hash) {
    uint64_t word;
    std::memcpy(&word, hash.bytes.data(), sizeof(word));
    return H::combine(std::move(state), word);
  }
};

}  // namespace limpid::gateway
