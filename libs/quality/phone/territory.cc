#include "libs/quality/phone/territory.h"

#include <algorithm>
#include <utility>

#include <phonenumbers/phonemetadata.pb.h>

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneNumberDesc;

LengthFit FitOfLength(const PhoneNumberDesc& general, int length) {
  const auto& possible = general.possible_length();
  const auto& local = general.possible_length_local_only();
  const auto holds = [length](const auto& lengths) {
    return std::find(lengths.begin(), lengths.end(), length) != lengths.end();
  };
  if (possible.Get(0) == -1) return LengthFit::kInvalid;
  if (holds(local)) return LengthFit::kLocalOnly;
  if (holds(possible)) return LengthFit::kPossible;
  if (length < possible.Get(0)) return LengthFit::kTooShort;
  return length > possible.Get(possible.size() - 1) ? LengthFit::kTooLong : LengthFit::kInvalid;
}

/// What the rule makes of the groups: `$1` and `$2` stand for them, all else for itself.
std::string Transform(std::string_view rule, const DigitPattern::Match& match) {
  std::string made;
  for (std::size_t i = 0; i < rule.size(); ++i) {
    if (rule[i] == '$' && i + 1 < rule.size()) {
      made += match.groups[static_cast<std::size_t>(rule[++i] - '1')];
    } else {
      made.push_back(rule[i]);
    }
  }
  return made;
}

/// Digits, and references to groups that the pattern has.
bool IsTransformRule(std::string_view rule, std::size_t groups) {
  for (std::size_t i = 0; i < rule.size(); ++i) {
    const bool reference = rule[i] == '$';
    if (reference && ++i == rule.size()) return false;
    if (rule[i] < '0' || rule[i] > '9') return false;
    if (reference && (rule[i] == '0' || static_cast<std::size_t>(rule[i] - '0') > groups)) return false;
  }
  return true;
}

}  // namespace

std::optional<Territory::Prefix> Territory::CompilePrefix(const std::string& expression) {
  std::optional<DigitPattern> pattern = DigitPattern::Parse(expression);
  if (!pattern) return std::nullopt;
  const bool literal = expression.find_first_not_of("0123456789") == std::string::npos;
  return Prefix{.pattern = *std::move(pattern), .literal = literal ? expression : std::string()};
}

std::optional<Territory> Territory::Compile(const PhoneMetadata& metadata) {
  if (metadata.general_desc().possible_length_size() == 0) return std::nullopt;
  Territory made;
  made.region_ = metadata.id();
  for (std::size_t length = 0; length < made.fits_.size(); ++length) {
    made.fits_[length] = FitOfLength(metadata.general_desc(), static_cast<int>(length));
  }
  if (!metadata.international_prefix().empty()) {
    made.international_ = CompilePrefix(metadata.international_prefix());
    if (!made.international_) return std::nullopt;
  }
  if (!metadata.national_prefix_for_parsing().empty()) {
    made.national_ = CompilePrefix(metadata.national_prefix_for_parsing());
    if (!made.national_) return std::nullopt;
    made.transform_rule_ = metadata.national_prefix_transform_rule();
    if (!IsTransformRule(made.transform_rule_, made.national_->pattern.groups())) return std::nullopt;
  }
  return made;
}

std::optional<std::size_t> Territory::InternationalPrefix(std::string_view digits) const {
  if (!international_->literal.empty()) {
    if (!digits.starts_with(international_->literal)) return std::nullopt;
    return international_->literal.size();
  }
  const auto match = international_->pattern.MatchPrefix(digits);
  if (!match) return std::nullopt;
  return match->length;
}

std::optional<std::string_view> Territory::WithoutNationalPrefix(std::string_view digits,
                                                                 std::string& transformed) const {
  if (!national_) return std::nullopt;
  if (!national_->literal.empty() && transform_rule_.empty()) {
    if (!digits.starts_with(national_->literal)) return std::nullopt;
    return digits.substr(national_->literal.size());
  }
  const auto match = national_->pattern.MatchPrefix(digits);
  if (!match) return std::nullopt;
  const std::string_view rest = digits.substr(match->length);
  // A group before the one that is carried over is a carrier's code. Nothing captured: a prefix like any.
  const std::size_t carried = national_->pattern.groups() >= 2 ? 1 : 0;
  if (transform_rule_.empty() || match->groups[carried].empty()) return rest;
  transformed = Transform(transform_rule_, *match).append(rest);
  return transformed;
}

}  // namespace limpid::quality
