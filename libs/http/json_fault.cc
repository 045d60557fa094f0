#include "libs/http/json_fault.h"

#include <cstdint>

#include "libs/http/utf8.h"

namespace limpid::http {
namespace {

class Checker {
 public:
  Checker(std::string_view json, size_t max_depth) : json_(json), max_depth_(max_depth) {}

  std::optional<JsonFault> Check() {
    SkipSpace();
    if (Value(0)) {
      SkipSpace();
      if (at_ < json_.size()) Fail("Nothing may follow the value.");
    }
    return fault_;
  }

 private:
  bool Fail(std::string_view message) { return FailAt(at_, message); }
  bool FailAt(size_t offset, std::string_view message) {
    if (!fault_) fault_ = JsonFault{offset, message};
    return false;
  }

  char Peek() const { return at_ < json_.size() ? json_[at_] : '\0'; }
  bool Take(char c) {
    if (at_ >= json_.size() || json_[at_] != c) return false;
    ++at_;
    return true;
  }
  void SkipSpace() {
    while (at_ < json_.size() && std::string_view(" \t\n\r").find(json_[at_]) != std::string_view::npos)
      ++at_;
  }

  bool Value(size_t depth) {
    if (at_ >= json_.size()) return Fail("A value is missing.");
    switch (Peek()) {
      case '{':
      case '[':
        if (depth == max_depth_) {
          fault_ = JsonFault{at_, "This is nested too deep.", /*too_deep=*/true};
          return false;
        }
        return Peek() == '{' ? Object(depth + 1) : Array(depth + 1);
      case '"':
        return String();
      case 't':
        return Word("true");
      case 'f':
        return Word("false");
      case 'n':
        return Word("null");
      default:
        return Number();
    }
  }

  bool Object(size_t depth) {
    Take('{');
    SkipSpace();
    if (Take('}')) return true;
    for (;;) {
      if (Peek() != '"') return Fail("A name in double quotes is expected.");
      if (!String()) return false;
      SkipSpace();
      if (!Take(':')) return Fail("A colon is expected after a name.");
      SkipSpace();
      if (!Value(depth)) return false;
      SkipSpace();
      if (Take('}')) return true;
      if (!Take(',')) return Fail("A comma or a closing brace is expected.");
      SkipSpace();
    }
  }

  bool Array(size_t depth) {
    Take('[');
    SkipSpace();
    if (Take(']')) return true;
    for (;;) {
      if (!Value(depth)) return false;
      SkipSpace();
      if (Take(']')) return true;
      if (!Take(',')) return Fail("A comma or a closing bracket is expected.");
      SkipSpace();
    }
  }

  bool Word(std::string_view word) {
    for (const char c : word) {
      if (!Take(c)) return Fail("This is not a JSON value.");
    }
    return true;
  }

  bool Digits() {
    const size_t begin = at_;
    while (Peek() >= '0' && Peek() <= '9') ++at_;
    return at_ > begin;
  }

  bool Number() {
    Take('-');
    if (Take('0')) {
      if (Peek() >= '0' && Peek() <= '9') return Fail("A number does not begin with zero.");
    } else if (!Digits()) {
      return Fail("This is not a JSON value.");
    }
    if (Take('.') && !Digits()) return Fail("A digit is expected after the decimal point.");
    if (Take('e') || Take('E')) {
      if (!Take('+')) Take('-');
      if (!Digits()) return Fail("A digit is expected in the exponent.");
    }
    return true;
  }

  bool String() {
    Take('"');
    while (at_ < json_.size()) {
      const auto c = static_cast<uint8_t>(json_[at_]);
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c < 0x20) return Fail("A control character must be escaped in a string.");
      if (c == '\\') {
        if (!Escape()) return false;
      } else if (const size_t size = Utf8SequenceSize(json_.substr(at_)); size > 0) {
        at_ += size;
      } else {
        return Fail("This byte is not UTF-8.");
      }
    }
    return Fail("The closing quote of a string is missing.");
  }

  bool Escape() {
    const size_t begin = at_++;
    if (Take('u')) {
      const int first = Hex4();
      if (first < 0) return FailAt(begin, "Four hexadecimal digits are expected after \\u.");
      if (first >= 0xDC00 && first <= 0xDFFF) return FailAt(begin, "Half of a surrogate pair stands alone.");
      if (first < 0xD800 || first > 0xDBFF) return true;
      const int second = Take('\\') && Take('u') ? Hex4() : -1;
      if (second < 0xDC00 || second > 0xDFFF) return FailAt(begin, "Half of a surrogate pair stands alone.");
      return true;
    }
    if (std::string_view("\"\\/bfnrt").find(Peek()) == std::string_view::npos || at_ >= json_.size()) {
      return FailAt(begin, "There is no such escape sequence.");
    }
    ++at_;
    return true;
  }

  int Hex4() {
    int value = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = Peek();
      if (c >= '0' && c <= '9') {
        value = value * 16 + (c - '0');
      } else if (const char lower = static_cast<char>(c | 0x20); lower >= 'a' && lower <= 'f') {
        value = value * 16 + (lower - 'a' + 10);
      } else {
        return -1;
      }
    }
    return value;
  }

  const std::string_view json_;
  const size_t max_depth_;
  size_t at_ = 0;
  std::optional<JsonFault> fault_;
};

}  // namespace

std::optional<JsonFault> FindJsonFault(std::string_view json, size_t max_depth) {
  return Checker(json, max_depth).Check();
}

}  // namespace limpid::http
