#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Unicode as the rest of the project needs it. ICU stays behind this header; ASCII never reaches it.
namespace limpid::text {

bool IsAscii(std::string_view text);
bool IsValidUtf8(std::string_view text);

/// Normalisation form C. Invalid UTF-8 comes back with U+FFFD in place of what cannot be read.
std::string Nfc(std::string_view text);

/// What two spellings of a word have in common: case folded, compatibility forms resolved, accents taken off,
/// ligatures and barred letters spelt out (`Œ` oe, `Ł` l, `ß` ss). For comparing, never for showing.
std::string Fold(std::string_view text);

/// Lower case without other changes, for addresses beyond ASCII.
std::string Lower(std::string_view text);

/// Decimal digits of every script written with those of ASCII; all else as it was.
std::string WithAsciiDigits(std::string_view text);

/// Where the first character begins that does not belong into an identifier people read: spaces, controls,
/// invisible formatting, unassigned and private characters, and a combining mark with nothing to combine
/// with. npos when all is well. `text` must be valid UTF-8.
std::size_t FindUnsafe(std::string_view text);

/// What Unicode says of one character.
enum class CharKind { kLetter, kMark, kDigit, kSpace, kInvisible, kOther };
/// Decodes the character at `position` (which must be inside `text`) and moves behind it.
CharKind NextKind(std::string_view text, std::size_t& position);

}  // namespace limpid::text
