#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::quality {

/// What the list of mailboxes says of a local part.
enum MailboxMark : uint16_t { kMailboxRole = 1 << 0 };

/// The form in which local parts are compared with words: separators (`.`, `-`, `_`) say nothing. Takes what
/// fits a local part and leaves out the rest; allocates nothing.
class SqueezedLocal {
 public:
  explicit SqueezedLocal(std::string_view local) {
    for (const char c : local) {
      if (size_ < text_.size() && c != '.' && c != '-' && c != '_') text_[size_++] = c;
    }
  }
  std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, 64> text_;
  std::size_t size_ = 0;
};

/// Words that begin or end what they are looked for in. Immutable; thread-safe.
class AffixWords {
 public:
  AffixWords() = default;
  explicit AffixWords(std::vector<std::string> words);
  bool BeginOrEnd(std::string_view squeezed) const;

 private:
  std::vector<std::string> words_;
  /// The words' first and last letters, one bit each: nearly every local part fits none of them.
  uint32_t first_letters_ = 0;
  uint32_t last_letters_ = 0;
};

}  // namespace limpid::quality
