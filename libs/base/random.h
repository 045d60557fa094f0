#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace limpid {

/// Where chance comes from, so that a test can say what it is. Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual void Fill(std::span<std::byte> bytes) = 0;

  /// Any of the 2^64 numbers, each as likely.
  uint64_t Next();
  /// Between 0 (included) and 1 (excluded).
  double Fraction();
  /// Between `low` and `high`: for jitter.
  double Between(double low, double high) { return low + (high - low) * Fraction(); }
};

/// The kernel's generator (getrandom): good enough for keys and tokens. Lives for the whole process.
Random& SecureRandom();

/// 256 random bits as 43 characters of base64url: the body of API keys and tokens.
std::string NewSecret(Random& random);

}  // namespace limpid
