#include "libs/text/unicode.h"

#include <cstdint>
#include <cstring>

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace limpid::text {
namespace {

bool AsciiByte(char c) { return static_cast<unsigned char>(c) < 0x80; }

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

icu::StringPiece Piece(std::string_view text) {
  return icu::StringPiece(text.data(), static_cast<int32_t>(text.size()));
}

std::string Utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// Letters that Unicode does not decompose though people type them without their stroke.
std::string_view SpeltOut(UChar32 c) {
  switch (c) {
    case 0x00E6:
      return "ae";
    case 0x0153:
      return "oe";
    case 0x00F8:
      return "o";
    case 0x0142:
      return "l";
    case 0x0111:
    case 0x00F0:
      return "d";
    case 0x00FE:
      return "th";
    case 0x0127:
      return "h";
    case 0x0131:
      return "i";
    default:
      return {};
  }
}

UChar32 Next(std::string_view text, std::size_t& position) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  auto index = static_cast<int32_t>(position);
  UChar32 c = 0;
  U8_NEXT(bytes, index, static_cast<int32_t>(text.size()), c);
  position = static_cast<std::size_t>(index);
  return c;
}

}  // namespace

bool IsAscii(std::string_view text) {
  // Eight bytes at a time: every address passes here several times.
  uint64_t high = 0;
  std::size_t i = 0;
  for (; i + sizeof(high) <= text.size(); i += sizeof(high)) {
    uint64_t block;
    std::memcpy(&block, text.data() + i, sizeof(block));
    high |= block;
  }
  unsigned char rest = 0;
  for (; i < text.size(); ++i) rest |= static_cast<unsigned char>(text[i]);
  return (high & 0x8080808080808080ULL) == 0 && rest < 0x80;
}

bool IsValidUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (AsciiByte(text[i])) {
      ++i;
    } else if (Next(text, i) < 0) {
      return false;
    }
  }
  return true;
}

std::string Nfc(std::string_view text) {
  if (IsAscii(text)) return std::string(text);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return std::string(text);
  return Utf8(nfc->normalize(icu::UnicodeString::fromUTF8(Piece(text)), error));
}

std::string Fold(std::string_view text) {
  if (IsAscii(text)) return LowerAscii(text);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) return LowerAscii(text);
  icu::UnicodeString folded = nfkd->normalize(icu::UnicodeString::fromUTF8(Piece(text)), error);
  folded.foldCase();
  // Case folding can bring composed letters back, so that accents are looked for after a second
  // decomposition.
  folded = nfkd->normalize(folded, error);
  std::string out;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    if (const std::string_view letters = SpeltOut(c); !letters.empty()) {
      out.append(letters);
    } else {
      icu::UnicodeString(c).toUTF8String(out);
    }
  }
  return out;
}

std::string Lower(std::string_view text) {
  if (IsAscii(text)) return LowerAscii(text);
  return Utf8(icu::UnicodeString::fromUTF8(Piece(text)).toLower(icu::Locale::getRoot()));
}

std::string WithAsciiDigits(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const UChar32 c = Next(text, i);
    if (const int32_t digit = c < 0 ? -1 : u_charDigitValue(c); digit >= 0) {
      out.push_back(static_cast<char>('0' + digit));
    } else {
      out.append(text, begin, i - begin);
    }
  }
  return out;
}

std::size_t FindUnsafe(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    switch (NextKind(text, i)) {
      case CharKind::kSpace:
      case CharKind::kInvisible:
        return begin;
      case CharKind::kMark:
        if (begin == 0) return begin;
        break;
      case CharKind::kLetter:
      case CharKind::kDigit:
      case CharKind::kOther:
        break;
    }
  }
  return std::string_view::npos;
}

CharKind NextKind(std::string_view text, std::size_t& position) {
  const UChar32 c = Next(text, position);
  if (c < 0) return CharKind::kInvisible;
  const uint32_t mask = U_GET_GC_MASK(c);
  if (mask & U_GC_L_MASK) return CharKind::kLetter;
  if (mask & U_GC_M_MASK) return CharKind::kMark;
  if (mask & U_GC_ND_MASK) return CharKind::kDigit;
  if ((mask & U_GC_Z_MASK) || (c < 0x80 && u_isUWhiteSpace(c))) return CharKind::kSpace;
  if (mask & U_GC_C_MASK) return CharKind::kInvisible;
  return CharKind::kOther;
}

}  // namespace limpid::text
