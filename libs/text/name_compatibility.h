#pragma once

#include <string_view>

#include "libs/text/given_names.h"

namespace limpid::text {

/// Whether two names can belong to one person. Everything but kConflict is compatible.
enum class NameCompatibility {
  kSame,
  kEmpty,     ///< One side has no name, or lacks the part that could tell.
  kNickname,  ///< A short form or initials: `Bob` and `Robert`, `J.` and `Jean`.
  kSpelling,  ///< A slip or another spelling: `Jaen`, `Mathieu` and `Matthieu`, married and double names.
  kConflict,
};

struct PersonName {
  std::string_view given;
  std::string_view family;
};

/// Compares two given names. People of one household share an address, so what could be two people is a
/// conflict: `Jean` and `Jean-Pierre`, `Louis` and `Louise`, `Léo` and `Léa`.
NameCompatibility CompareGivenNames(std::string_view a, std::string_view b, const GivenNames& known);

/// Compares two family names.
NameCompatibility CompareFamilyNames(std::string_view a, std::string_view b);

/// Compares whole names, also when the two fields were swapped or one holds all.
NameCompatibility CompareNames(const PersonName& a, const PersonName& b, const GivenNames& known);

}  // namespace limpid::text
