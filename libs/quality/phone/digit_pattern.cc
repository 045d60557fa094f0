#include "libs/quality/phone/digit_pattern.h"

#include <limits>

namespace limpid::quality {
namespace {

using Instruction = DigitPattern::Instruction;
using Op = DigitPattern::Op;

constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kMostInstructions = 20'000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
uint16_t Bit(char digit) { return static_cast<uint16_t>(1U << (digit - '0')); }

/// A piece of program whose jumps count from its own beginning.
using Fragment = std::vector<Instruction>;

void Append(Fragment& to, const Fragment& piece) {
  const auto offset = static_cast<uint16_t>(to.size());
  for (Instruction instruction : piece) {
    if (instruction.op == Op::kFork || instruction.op == Op::kJump) {
      instruction.first = static_cast<uint16_t>(instruction.first + offset);
      instruction.second = static_cast<uint16_t>(instruction.second + offset);
    }
    to.push_back(instruction);
  }
}

Fragment Optional(const Fragment& piece) {
  Fragment made{{.op = Op::kFork, .first = 1, .second = static_cast<uint16_t>(piece.size() + 1)}};
  Append(made, piece);
  return made;
}

Fragment AnyNumberOf(const Fragment& piece) {
  Fragment made{{.op = Op::kFork, .first = 1, .second = static_cast<uint16_t>(piece.size() + 2)}};
  Append(made, piece);
  made.push_back({.op = Op::kJump, .first = 0});
  return made;
}

Fragment Repeat(const Fragment& piece, std::size_t least, std::size_t most) {
  Fragment made;
  for (std::size_t i = 0; i < least; ++i) Append(made, piece);
  if (most == kUnbounded) {
    Append(made, AnyNumberOf(piece));
  } else if (most > least) {
    // The one inside the other, so that a piece that is missing ends the repetition.
    Fragment rest;
    for (std::size_t i = least; i < most; ++i) {
      Fragment inner = piece;
      Append(inner, rest);
      rest = Optional(inner);
    }
    Append(made, rest);
  }
  return made;
}

Fragment Either(const Fragment& first, const Fragment& second) {
  Fragment made{{.op = Op::kFork, .first = 1, .second = static_cast<uint16_t>(first.size() + 2)}};
  Append(made, first);
  made.push_back({.op = Op::kJump, .first = static_cast<uint16_t>(first.size() + second.size() + 2)});
  Append(made, second);
  return made;
}

}  // namespace

/// Reads the expression from left to right; `failed` once something is not understood.
class DigitPattern::Compiler {
 public:
  explicit Compiler(std::string_view expression) : rest_(expression) {}

  std::optional<DigitPattern> Compile() {
    DigitPattern pattern;
    pattern.program_ = Alternatives();
    pattern.program_.push_back({.op = Op::kAccept});
    pattern.groups_ = groups_;
    if (failed_ || !rest_.empty() || groups_ > kMostGroups) return std::nullopt;
    if (pattern.program_.size() > kMostInstructions) return std::nullopt;
    return pattern;
  }

 private:
  bool Take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  Fragment Alternatives() {
    std::vector<Fragment> alternatives{Sequence()};
    while (Take("|")) alternatives.push_back(Sequence());
    Fragment made = std::move(alternatives.back());
    for (std::size_t i = alternatives.size() - 1; i-- > 0;) made = Either(alternatives[i], made);
    return made;
  }

  Fragment Sequence() {
    Fragment made;
    while (!failed_ && !rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
      Append(made, Quantified(Atom()));
      failed_ |= made.size() > kMostInstructions;
    }
    return made;
  }

  Fragment Atom() {
    if (Take("\\d")) return {{.op = Op::kDigit, .digits = kAnyDigit}};
    if (Take("$")) return {{.op = Op::kEnd}};
    if (Take("[")) return {{.op = Op::kDigit, .digits = Class()}};
    if (Take("(?:")) return Closed(Alternatives());
    if (Take("(")) return Group();
    if (!rest_.empty() && IsDigit(rest_[0])) {
      const uint16_t digits = Bit(rest_[0]);
      rest_.remove_prefix(1);
      return {{.op = Op::kDigit, .digits = digits}};
    }
    failed_ = true;
    return {};
  }

  Fragment Closed(Fragment made) {
    failed_ |= !Take(")");
    return made;
  }

  Fragment Group() {
    const auto mark = static_cast<uint16_t>(2 * groups_++);
    Fragment made{{.op = Op::kMark, .first = mark}};
    Append(made, Closed(Alternatives()));
    made.push_back({.op = Op::kMark, .first = static_cast<uint16_t>(mark + 1)});
    return made;
  }

  uint16_t Class() {
    uint16_t digits = 0;
    while (!rest_.empty() && rest_[0] != ']') {
      if (Take("\\d")) {
        digits = kAnyDigit;
        continue;
      }
      const char from = rest_[0];
      const bool range = rest_.size() >= 3 && rest_[1] == '-';
      const char to = range ? rest_[2] : from;
      if (!IsDigit(from) || !IsDigit(to)) {
        failed_ = true;
        return 0;
      }
      for (char digit = from; digit <= to; ++digit) digits |= Bit(digit);
      rest_.remove_prefix(range ? 3 : 1);
    }
    failed_ |= !Take("]");
    return digits;
  }

  Fragment Quantified(Fragment atom) {
    if (Take("?")) return Repeat(atom, 0, 1);
    if (Take("*")) return Repeat(atom, 0, kUnbounded);
    if (Take("+")) return Repeat(atom, 1, kUnbounded);
    if (!Take("{")) return atom;
    const std::size_t least = Count();
    std::size_t most = least;
    if (Take(",")) most = rest_.starts_with("}") ? kUnbounded : Count();
    failed_ |= !Take("}") || most < least;
    return failed_ ? Fragment() : Repeat(atom, least, most);
  }

  std::size_t Count() {
    std::size_t count = 0;
    failed_ |= rest_.empty() || !IsDigit(rest_[0]);
    while (!rest_.empty() && IsDigit(rest_[0]) && count < 100) {
      count = count * 10 + static_cast<std::size_t>(rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    return count;
  }

  std::string_view rest_;
  std::size_t groups_ = 0;
  bool failed_ = false;
};

std::optional<DigitPattern> DigitPattern::Parse(std::string_view expression) {
  return Compiler(expression).Compile();
}

namespace {

/// One run of a program over one text.
class Matcher {
 public:
  Matcher(const std::vector<Instruction>& program, std::string_view digits)
      : program_(program), digits_(digits) {
    marks_.fill(std::string_view::npos);
  }

  /// Whether the program accepts from instruction `at` on, `read` digits into the text.
  bool Run(std::size_t at, std::size_t read) {
    for (;;) {
      const Instruction& instruction = program_[at];
      switch (instruction.op) {
        case Op::kDigit:
          if (read == digits_.size() || (instruction.digits & Bit(digits_[read])) == 0) return false;
          ++read;
          ++at;
          break;
        case Op::kFork:
          if (Run(instruction.first, read)) return true;
          at = instruction.second;
          break;
        case Op::kJump:
          at = instruction.first;
          break;
        case Op::kMark: {
          const std::size_t before = marks_[instruction.first];
          marks_[instruction.first] = read;
          if (Run(at + 1, read)) return true;
          marks_[instruction.first] = before;
          return false;
        }
        case Op::kEnd:
          if (read != digits_.size()) return false;
          ++at;
          break;
        case Op::kAccept:
          length_ = read;
          return true;
      }
    }
  }

  DigitPattern::Match Result() const {
    DigitPattern::Match match{.length = length_, .groups = {}};
    for (std::size_t group = 0; group < match.groups.size(); ++group) {
      const std::size_t begin = marks_[2 * group];
      const std::size_t end = marks_[2 * group + 1];
      if (end != std::string_view::npos) match.groups[group] = digits_.substr(begin, end - begin);
    }
    return match;
  }

 private:
  const std::vector<Instruction>& program_;
  const std::string_view digits_;
  std::array<std::size_t, 2 * DigitPattern::kMostGroups> marks_;
  std::size_t length_ = 0;
};

}  // namespace

std::optional<DigitPattern::Match> DigitPattern::MatchPrefix(std::string_view digits) const {
  Matcher matcher(program_, digits);
  if (!matcher.Run(0, 0)) return std::nullopt;
  return matcher.Result();
}

std::string DigitPattern::Sample(const std::function<std::size_t(std::size_t n)>& choose) const {
  std::string digits;
  for (std::size_t at = 0;;) {
    const Instruction& instruction = program_[at++];
    switch (instruction.op) {
      case Op::kDigit: {
        std::string choices;
        for (char digit = '0'; digit <= '9'; ++digit) {
          if ((instruction.digits & Bit(digit)) != 0) choices.push_back(digit);
        }
        digits.push_back(choices[choose(choices.size())]);
        break;
      }
      case Op::kFork:
        at = choose(2) == 0 ? instruction.first : instruction.second;
        break;
      case Op::kJump:
        at = instruction.first;
        break;
      case Op::kMark:
      case Op::kEnd:
        break;
      case Op::kAccept:
        return digits;
    }
  }
}

}  // namespace limpid::quality
