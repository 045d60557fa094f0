#include "gateway/transcoding/path_template.h"

#include <algorithm>

#include "absl/strings/ascii.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

bool IsLiteral(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' || c == '~';
}

/// Reads a template from left to right.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  absl::StatusOr<PathTemplate> Parse() {
    if (!Take('/') || !Segments(/*in_variable=*/false)) return Malformed();
    if (Take(':') && !Literal(result_.verb)) return Malformed();
    if (at_ < text_.size()) return Malformed();
    const auto rest = std::ranges::find(result_.segments, "**");
    if (rest != result_.segments.end() && rest != result_.segments.end() - 1) return Malformed();
    return std::move(result_);
  }

 private:
  absl::Status Malformed() const {
    return InvalidRequest(reason::kInvalidFormat, StrCat("Not a path template: ", text_));
  }

  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool Literal(std::string& out) {
    const size_t begin = at_;
    while (at_ < text_.size() && IsLiteral(text_[at_])) ++at_;
    out = text_.substr(begin, at_ - begin);
    return at_ > begin;
  }

  bool Segments(bool in_variable) {
    do {
      if (!Segment(in_variable)) return false;
    } while (Take('/'));
    return true;
  }

  bool Segment(bool in_variable) {
    if (Take('{')) return !in_variable && Variable();
    std::string segment;
    if (Take('*')) {
      segment = Take('*') ? "**" : "*";
    } else if (!Literal(segment)) {
      return false;
    }
    result_.segments.push_back(std::move(segment));
    return true;
  }

  bool Variable() {
    PathTemplate::Variable variable;
    variable.begin = result_.segments.size();
    if (!Literal(variable.field_path)) return false;
    if (Take('=')) {
      if (!Segments(/*in_variable=*/true)) return false;
    } else {
      result_.segments.emplace_back("*");
    }
    variable.end = result_.segments.size();
    result_.variables.push_back(std::move(variable));
    return Take('}');
  }

  const std::string_view text_;
  size_t at_ = 0;
  PathTemplate result_;
};

}  // namespace

absl::StatusOr<PathTemplate> PathTemplate::Parse(std::string_view text) { return Parser(text).Parse(); }

}  // namespace limpid::gateway
