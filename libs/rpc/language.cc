#include "libs/rpc/language.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "libs/base/strings.h"

namespace limpid::rpc {
namespace {

constexpr std::array<std::string_view, 2> kSpoken = {"fr", "en"};

// Weight of one entry (`en-GB;q=0.8`); 1 where none is given, 0 for one that cannot be read.
float WeightOf(absl::string_view parameters) {
  absl::string_view parameter = absl::StripAsciiWhitespace(parameters);
  if (parameter.empty()) return 1;
  float weight = 0;
  if (!absl::ConsumePrefix(&parameter, "q=") || !absl::SimpleAtof(parameter, &weight)) return 0;
  return weight;
}

}  // namespace

std::string PreferredLanguage(std::string_view accept_language) {
  std::string best;
  float best_weight = 0;
  for (const absl::string_view entry : absl::StrSplit(Absl(accept_language), ',')) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(entry, absl::MaxSplits(';', 1));
    const absl::string_view tag = absl::StripAsciiWhitespace(parts.first);
    const std::string primary = absl::AsciiStrToLower(tag.substr(0, tag.find('-')));
    const float weight = WeightOf(parts.second);
    for (const std::string_view language : kSpoken) {
      if (primary == language && weight > best_weight) {
        best = primary;
        best_weight = weight;
      }
    }
  }
  return best;
}

}  // namespace limpid::rpc
