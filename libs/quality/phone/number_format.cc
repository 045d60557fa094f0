#include "libs/quality/phone/number_format.h"

#include <algorithm>
#include <utility>

namespace limpid::quality {
namespace {

using Instruction = DigitPattern::Instruction;
using Op = DigitPattern::Op;

bool IsReference(std::string_view text, std::size_t at) {
  return text[at] == '$' && at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9';
}

/// The format with its first reference replaced by the rule, in which `$1` is that reference.
std::string WithPrefixRule(std::string_view format, std::string_view rule) {
  std::size_t first = 0;
  while (first < format.size() && !IsReference(format, first)) ++first;
  if (rule.empty() || first == format.size()) return std::string(format);
  std::string made(format.substr(0, first));
  for (std::size_t i = 0; i < rule.size(); ++i) {
    if (IsReference(rule, i) && rule[i + 1] == '1') {
      made += format.substr(first, 2);
      ++i;
    } else {
      made.push_back(rule[i]);
    }
  }
  made += format.substr(first + 2);
  return made;
}

/// Whether the length of a number alone decides what each group covers.
bool DividesByLength(const DigitPattern& pattern) {
  const auto& program = pattern.program();
  const auto is = [](Op op) { return [op](const Instruction& instruction) { return instruction.op == op; }; };
  const bool forks = std::any_of(program.begin(), program.end(), is(Op::kFork));
  const bool chooses = std::any_of(program.begin(), program.end(), [](const Instruction& instruction) {
    return instruction.op == Op::kDigit && instruction.digits != DigitPattern::kAnyDigit;
  });
  return !forks || !chooses;
}

}  // namespace

std::optional<NumberFormat> NumberFormat::Compile(const Source& source) {
  std::optional<DigitPattern> pattern = DigitPattern::Parse(source.pattern);
  if (!pattern) return std::nullopt;
  std::optional<Template> international = CompileTemplate(source.format, pattern->groups());
  std::optional<Template> national =
      CompileTemplate(WithPrefixRule(source.format, source.national_prefix_rule), pattern->groups());
  if (!international || !national) return std::nullopt;
  NumberFormat made;
  made.pattern_ = *std::move(pattern);
  made.international_ = *std::move(international);
  made.national_ = *std::move(national);
  made.MeasureGroups();
  return made;
}

std::optional<NumberFormat::Template> NumberFormat::CompileTemplate(std::string_view format,
                                                                    std::size_t groups) {
  Template made;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (!IsReference(format, i)) {
      if (format[i] == '$' || format[i] == '\\') return std::nullopt;
      made.push_back(format[i]);
      continue;
    }
    const auto group = static_cast<std::size_t>(format[++i] - '1');
    if (group >= groups) return std::nullopt;
    made.push_back(static_cast<char>(group));
  }
  return made;
}

void NumberFormat::MeasureGroups() {
  if (!DividesByLength(pattern_)) return;
  // Some digits that fit, where the pattern names any; then every choice of each place would do as well.
  std::string digits;
  for (const Instruction& instruction : pattern_.program()) {
    if (instruction.op != Op::kDigit) continue;
    char digit = '0';
    while ((instruction.digits >> (digit - '0') & 1) == 0) ++digit;
    digits.push_back(digit);
  }
  for (std::size_t length = 1; length <= std::min(kLongest, digits.size()); ++length) {
    const auto match = pattern_.MatchPrefix(std::string_view(digits).substr(0, length));
    if (!match || match->length != length) continue;
    std::transform(match->groups.begin(), match->groups.end(), widths_[length].begin(),
                   [](std::string_view group) { return static_cast<uint8_t>(group.size()); });
    // Digits outside of all groups: the widths alone would not tell where the groups lie.
    std::size_t covered = 0;
    for (const uint8_t width : widths_[length]) covered += width;
    if (covered != length) widths_[length] = {};
  }
}

bool NumberFormat::Divide(std::string_view digits, Groups& groups) const {
  if (digits.size() <= kLongest && widths_[digits.size()][0] != 0) {
    const auto& widths = widths_[digits.size()];
    for (std::size_t group = 0; group < groups.size(); ++group) {
      groups[group] = digits.substr(0, widths[group]);
      digits.remove_prefix(widths[group]);
    }
    return true;
  }
  const auto match = pattern_.MatchPrefix(digits);
  if (!match || match->length != digits.size()) return false;
  groups = match->groups;
  return true;
}

bool NumberFormat::Append(const Template& form, std::string_view digits, std::string& out) const {
  Groups groups;
  if (!Divide(digits, groups)) return false;
  // Put together here: `out` then grows once.
  std::array<char, 128> text;
  std::size_t length = 0;
  for (const char& c : form) {
    const auto group = static_cast<unsigned char>(c);
    const std::string_view piece = group < groups.size() ? groups[group] : std::string_view(&c, 1);
    if (length + piece.size() > text.size()) return false;
    for (const char letter : piece) text[length++] = letter;
  }
  out.append(text.data(), length);
  return true;
}

bool NumberFormat::AppendNational(std::string_view digits, std::string& out) const {
  return Append(national_, digits, out);
}

bool NumberFormat::AppendInternational(std::string_view digits, std::string& out) const {
  return Append(international_, digits, out);
}

}  // namespace limpid::quality
