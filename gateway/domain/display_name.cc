#include "gateway/domain/display_name.h"

#include <algorithm>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

constexpr size_t kMaxCharacters = 100;

/// Code points: every byte that does not continue one. The doors have refused what is not UTF-8.
size_t CharacterCount(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

void CheckDisplayName(std::string_view name, ErrorCollector& errors) {
  if (CharacterCount(name) > kMaxCharacters) {
    errors.Add("display_name", reason::kTooLong, StrCat("At most ", kMaxCharacters, " characters."));
  } else if (std::ranges::any_of(name, IsControl)) {
    errors.Add("display_name", reason::kInvalidFormat, "One line of text, without control characters.");
  }
}

}  // namespace limpid::gateway
