#include "libs/quality/email/addr_spec.h"

namespace limpid::quality {
namespace {

bool IsWhite(char c) { return c == ' ' || c == '\t'; }
bool IsBeyondAscii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool IsAtext(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsBeyondAscii(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

/// Text inside quotes, comments and brackets: all but line breaks and NUL, controls by the obsolete forms.
/// What ends or escapes is for the caller.
bool IsInnerText(char c) { return c != '\0' && c != '\r' && c != '\n'; }

/// Walks over the text; every Read… moves behind what it read and answers whether that was there.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool ReadAddrSpec() {
    return ReadWords(/*quoted=*/true) && Read('@') && ReadDomain() && at_ == text_.size();
  }
  std::string bare() && { return std::move(bare_); }

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Read(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    bare_.push_back(c);
    ++at_;
    return true;
  }

  /// word *("." word), each with comments and white space around it: dot-atom, quoted-string and the obsolete
  /// mixtures of the two.
  bool ReadWords(bool quoted) {
    do {
      if (!SkipCfws() || !(quoted && Peek() == '"' ? ReadQuoted('"') : ReadAtom(quoted)) || !SkipCfws()) {
        return false;
      }
    } while (Read('.'));
    return true;
  }

  bool ReadDomain() {
    if (!SkipCfws()) return false;
    if (Peek() != '[') return ReadWords(/*quoted=*/false);
    return ReadQuoted(']') && SkipCfws();
  }

  /// The atoms of a domain are labels: no hyphen at either end.
  bool ReadAtom(bool local) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && IsAtext(text_[at_])) ++at_;
    const std::string_view atom = text_.substr(begin, at_ - begin);
    bare_.append(atom);
    return !atom.empty() && (local || (atom.front() != '-' && atom.back() != '-'));
  }

  /// A quoted-string or a domain-literal: text, escapes and folding white space up to the closing sign.
  bool ReadQuoted(char close) {
    bare_.push_back(text_[at_++]);
    while (at_ < text_.size()) {
      const std::size_t begin = at_;
      if (!SkipFws()) return false;
      for (std::size_t i = begin; i < at_; ++i) {
        if (IsWhite(text_[i])) bare_.push_back(text_[i]);
      }
      if (at_ == text_.size()) return false;
      const char c = text_[at_];
      if (c == close) return Read(close);
      if (c == '[' && close == ']') return false;
      if (c == '\\') {
        if (!Read('\\') || at_ == text_.size() || IsBeyondAscii(text_[at_])) return false;
      } else if (!IsInnerText(c)) {
        return false;
      }
      bare_.push_back(text_[at_++]);
    }
    return false;
  }

  /// False for a comment that is not closed and for a line break that folds nothing.
  bool SkipCfws() {
    for (;;) {
      if (!SkipFws()) return false;
      if (Peek() != '(') return true;
      if (!SkipComment()) return false;
    }
  }

  bool SkipComment() {
    int depth = 0;
    while (at_ < text_.size()) {
      if (!SkipFws()) return false;
      if (at_ == text_.size()) return false;
      const char c = text_[at_++];
      if (c == '(') {
        ++depth;
      } else if (c == ')') {
        if (--depth == 0) return true;
      } else if (c == '\\') {
        if (at_ == text_.size() || IsBeyondAscii(text_[at_])) return false;
        ++at_;
      } else if (!IsInnerText(c)) {
        return false;
      }
    }
    return false;
  }

  /// White space, and line breaks that white space follows.
  bool SkipFws() {
    while (at_ < text_.size()) {
      if (IsWhite(text_[at_])) {
        ++at_;
      } else if (text_[at_] == '\r' || text_[at_] == '\n') {
        if (text_.substr(at_, 2) != "\r\n" || at_ + 2 == text_.size() || !IsWhite(text_[at_ + 2]))
          return false;
        at_ += 2;
      } else {
        break;
      }
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string bare_;
};

}  // namespace

std::optional<std::string> BareAddrSpec(std::string_view text) {
  Reader reader(text);
  if (!reader.ReadAddrSpec()) return std::nullopt;
  return std::move(reader).bare();
}

}  // namespace limpid::quality
