#include "gateway/capture/tidy.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "libs/base/trim.h"
#include "libs/text/person_name.h"

namespace limpid::gateway {
namespace {

// What web pages and spreadsheets leave around what is pasted, beside white space.
constexpr std::string_view kNoBreakSpace = "\u00a0";

std::string_view WithoutBlanks(std::string_view text) {
  for (;;) {
    text = Trim(text);
    if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else {
      return text;
    }
  }
}

void TidyEnds(std::string& text) {
  if (const std::string_view tidy = WithoutBlanks(text); tidy.size() < text.size()) text = std::string(tidy);
}

// Most names are plain ASCII without a blank too many, and stay as they are.
bool IsPlain(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7f; });
}

void TidyName(std::string& name) {
  if (!IsPlain(name)) name = text::DisplayName(name);
}

template <class Request>
void TidyTyped(Request& request) {
  TidyEnds(*request.mutable_email());
  TidyEnds(*request.mutable_phone());
  TidyName(*request.mutable_given_name());
  TidyName(*request.mutable_family_name());
  TidyName(*request.mutable_company());
}

}  // namespace

void Tidy(v1::CheckRequest& request) { TidyTyped(request); }
void Tidy(v1::SubmitRequest& request) { TidyTyped(request); }

}  // namespace limpid::gateway
