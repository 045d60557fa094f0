#include "libs/quality/phone/typing/typing_format.h"

#include <algorithm>
#include <array>
#include <utility>

#include <phonenumbers/phonemetadata.pb.h>

namespace limpid::quality {
namespace {

constexpr std::size_t kLeastDigits = 3;
/// The longest national number there may be, of the digit that every pattern takes.
constexpr std::string_view kLongestNumber = "999999999999999";
constexpr std::string_view kPunctuation = "-x/ ().[]~";

bool IsReference(char c) { return static_cast<unsigned char>(c) < DigitPattern::kMostGroups; }

/// `$1 $2` with each reference as one character; nothing when it holds what only stands in whole numbers:
/// digits, or another group than the first in front.
std::optional<std::string> Form(std::string_view format) {
  std::string form;
  bool first = true;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] == '$' && i + 1 < format.size() && format[i + 1] >= '1' && format[i + 1] <= '9') {
      const char group = static_cast<char>(format[++i] - '1');
      if ((first && group != 0) || !IsReference(group)) return std::nullopt;
      form.push_back(group);
      first = false;
    } else if (kPunctuation.find(format[i]) != std::string_view::npos) {
      form.push_back(format[i]);
    } else {
      return std::nullopt;
    }
  }
  return first ? std::nullopt : std::optional(std::move(form));
}

/// `$1` alone, or in brackets.
bool LeavesFirstGroup(std::string_view rule) {
  return rule.empty() || rule == "$1" || rule == "($1)" || rule == "($1" || rule == "$1)";
}

}  // namespace

std::optional<TypingFormat> TypingFormat::Compile(const i18n::phonenumbers::NumberFormat& metadata) {
  std::optional<DigitPattern> pattern = DigitPattern::Parse(metadata.pattern());
  if (!pattern) return std::nullopt;
  TypingFormat made(*std::move(pattern));
  made.pattern_text_ = metadata.pattern();
  for (const std::string& expression : metadata.leading_digits_pattern()) {
    std::optional<DigitPattern> beginning = DigitPattern::Parse(expression);
    if (!beginning) return std::nullopt;
    made.beginnings_.push_back(*std::move(beginning));
  }
  const std::string& rule = metadata.national_prefix_formatting_rule();
  made.without_prefix_ = LeavesFirstGroup(rule);
  made.prefix_optional_ = metadata.national_prefix_optional_when_formatting();
  made.names_carrier_ = metadata.has_domestic_carrier_code_formatting_rule();
  made.space_behind_prefix_ = rule.find_first_of("- ") != std::string::npos;
  if (std::optional<std::string> form = Form(metadata.format())) {
    made.form_ = *std::move(form);
    made.usable_ = true;
    made.MakeMould();
  }
  return made;
}

void TypingFormat::MakeMould() {
  const auto longest = pattern_.MatchPrefix(kLongestNumber);
  if (!longest) return;
  Append(kLongestNumber.substr(0, longest->length), mould_);
  std::replace(mould_.begin(), mould_.end(), '9', kGap);
  gaps_ = longest->length;
}

bool TypingFormat::Admits(std::string_view beginning) const {
  if (beginnings_.empty()) return true;
  const std::size_t known = std::min(beginning.size() - kLeastDigits, beginnings_.size() - 1);
  return beginnings_[known].MatchPrefix(beginning).has_value();
}

bool TypingFormat::Append(std::string_view number, std::string& out) const {
  const auto match = pattern_.MatchPrefix(number);
  if (!match || match->length != number.size()) return false;
  for (const char c : form_) {
    if (IsReference(c)) {
      out += match->groups[static_cast<unsigned char>(c)];
    } else {
      out.push_back(c);
    }
  }
  return true;
}

}  // namespace limpid::quality
