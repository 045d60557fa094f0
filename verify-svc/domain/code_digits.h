#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace limpid::verify {

inline constexpr int kCodeDigits = 6;

/// Six digits made of random bytes, each of the million codes as likely: four bytes that lie beyond the last
/// whole multiple of a million are passed over for the next four. Nothing when all were.
std::optional<std::string> CodeFrom(std::span<const uint8_t> random);

}  // namespace limpid::verify
