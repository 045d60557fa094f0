#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

#include "absl/strings/string_view.h"

/// Text in std::string_view. Debian builds abseil with a string_view of its own, to which std::string_view
/// does not convert: what takes one goes through Absl(), and StrCat here takes the standard's.
namespace limpid {

inline absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view Std(absl::string_view text) { return {text.data(), text.size()}; }

namespace internal {

/// One piece of a StrCat: text as it is, integers in decimal.
class Piece {
 public:
  Piece(std::string_view text) : text_(text) {}        // NOLINT: implicit, as in absl::AlphaNum
  Piece(const std::string& text) : text_(text) {}      // NOLINT
  Piece(const char* text) : text_(text) {}             // NOLINT
  Piece(absl::string_view text) : text_(Std(text)) {}  // NOLINT
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool> && !std::same_as<Integer, char>) Piece(Integer number)  // NOLINT
      : text_(digits_, std::to_chars(digits_, digits_ + sizeof(digits_), number).ptr - digits_) {}
  Piece(const Piece&) = delete;
  Piece& operator=(const Piece&) = delete;
  std::string_view text() const { return text_; }

 private:
  char digits_[24];
  std::string_view text_;
};

}  // namespace internal

/// Appends the pieces, with one allocation at most.
template <class... Pieces>
void StrAppend(std::string& out, const Pieces&... pieces) {
  [&out](const auto&... made) {
    out.reserve(out.size() + (made.text().size() + ... + 0));
    (out.append(made.text()), ...);
  }(static_cast<const internal::Piece&>(internal::Piece(pieces))...);
}

template <class... Pieces>
std::string StrCat(const Pieces&... pieces) {
  std::string out;
  StrAppend(out, pieces...);
  return out;
}

}  // namespace limpid
