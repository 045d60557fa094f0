#pragma once

#include <string>
#include <string_view>

namespace limpid::text {

/// A name as it is stored and shown: NFC, trimmed, runs of white space as one space, invisible characters
/// gone. Case and accents stay as typed: `Élodie  DUPONT` becomes `Élodie DUPONT`.
std::string DisplayName(std::string_view name);

/// What equal names have in common: folded words parted by single spaces. Hyphens and dots part words,
/// apostrophes join them: `Jean-Pierre` and `JEAN PIERRE` are `jean pierre`, `D’Arc` is `darc`.
std::string NameKey(std::string_view name);

}  // namespace limpid::text
