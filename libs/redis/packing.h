#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/base/strings.h"

/// Values as one text, for a cache: each field with its length before it, so that any bytes may be in it.
namespace limpid::redis {

class Packer {
 public:
  void Text(std::string_view text) { StrAppend(packed_, text.size(), ":", text); }
  void Number(std::int64_t number) { Text(StrCat(number)); }
  std::string Take() { return std::move(packed_); }

 private:
  std::string packed_;
};

/// Reads what a Packer wrote. After the first fault every answer is empty and whole() is false.
class Unpacker {
 public:
  explicit Unpacker(std::string_view packed) : rest_(packed) {}

  std::string_view Text() {
    const std::size_t colon = rest_.find(':');
    std::size_t length = 0;
    if (colon == std::string_view::npos || !Read(rest_.substr(0, colon), length) ||
        length > rest_.size() - colon - 1) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view text = rest_.substr(colon + 1, length);
    rest_.remove_prefix(colon + 1 + length);
    return text;
  }
  std::int64_t Number() {
    std::int64_t number = 0;
    if (!Read(Text(), number)) ok_ = false;
    return number;
  }
  bool ok() const { return ok_; }
  /// Everything was read and nothing is left.
  bool whole() const { return ok_ && rest_.empty(); }

 private:
  template <class Integer>
  static bool Read(std::string_view digits, Integer& number) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size();
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace limpid::redis
