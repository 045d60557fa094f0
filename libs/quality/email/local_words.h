#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::quality {

/// What the list of mailboxes says of a local part.
enum MailboxMark : uint16_t { kMailboxRole = 1 << 0 };

/// The form in which local parts are compared with words: in lower case, and separators (`.`, `-`, `_`) say
/// nothing. Takes what fits a local part and leaves out the rest; allocates nothing for ASCII.
class SqueezedLocal {
 public:
  explicit SqueezedLocal(std::string_view local);
  std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, 64> text_;
  std::size_t size_ = 0;
};

/// Words of two letters or more that begin or end what they are looked for in. Immutable; thread-safe.
class AffixWords {
 public:
  AffixWords() = default;
  explicit AffixWords(std::vector<std::string> words);
  bool BeginOrEnd(std::string_view squeezed) const;

 private:
  std::vector<std::string> words_;
  /// The pairs of letters that words begin and end with: nearly every local part has neither.
  std::bitset<1024> first_pairs_;
  std::bitset<1024> last_pairs_;
};

}  // namespace limpid::quality
