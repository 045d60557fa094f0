#include "gateway/capture/tidy.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "libs/text/person_name.h"

namespace limpid::gateway {
namespace {

// ASCII white space, and the no-break space that web pages and spreadsheets leave around what is pasted.
constexpr std::array<std::string_view, 7> kBlanks = {" ", "\t", "\r", "\n", "\v", "\f", "\u00a0"};

std::string_view Trimmed(std::string_view text) {
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view blank : kBlanks) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        cut = true;
      }
      if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        cut = true;
      }
    }
  }
  return text;
}

void Trim(std::string& text) {
  if (const std::string_view trimmed = Trimmed(text); trimmed.size() < text.size())
    text = std::string(trimmed);
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
  Trim(*request.mutable_email());
  Trim(*request.mutable_phone());
  TidyName(*request.mutable_given_name());
  TidyName(*request.mutable_family_name());
  TidyName(*request.mutable_company());
}

}  // namespace

void Tidy(v1::CheckRequest& request) { TidyTyped(request); }
void Tidy(v1::SubmitRequest& request) { TidyTyped(request); }

}  // namespace limpid::gateway
