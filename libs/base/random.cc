#include "libs/base/random.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include <sys/random.h>

#include "absl/strings/escaping.h"

namespace limpid {
namespace {

constexpr size_t kSecretBytes = 32;
// getrandom never gives less than asked for up to this size.
constexpr size_t kAtomicBytes = 256;

class KernelRandom final : public Random {
 public:
  void Fill(std::span<std::byte> bytes) override {
    while (!bytes.empty()) {
      const std::span<std::byte> part = bytes.first(std::min(bytes.size(), kAtomicBytes));
      const ssize_t got = getrandom(part.data(), part.size(), 0);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        // Going on with predictable keys would be worse than ending.
        std::fputs("limpid: getrandom failed\n", stderr);
        std::abort();
      }
      bytes = bytes.subspan(static_cast<size_t>(got));
    }
  }
};

}  // namespace

uint64_t Random::Next() {
  uint64_t value = 0;
  Fill(std::as_writable_bytes(std::span(&value, 1)));
  return value;
}

// The upper 53 bits: as many as a double holds exactly.
double Random::Fraction() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }

Random& SecureRandom() {
  static KernelRandom random;
  return random;
}

std::string NewSecret(Random& random) {
  std::array<char, kSecretBytes> bytes;
  random.Fill(std::as_writable_bytes(std::span(bytes)));
  std::string secret;
  absl::WebSafeBase64Escape(absl::string_view(bytes.data(), bytes.size()), &secret);
  return secret;
}

}  // namespace limpid
