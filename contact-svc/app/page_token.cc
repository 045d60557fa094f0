#include "contact-svc/app/page_token.h"

#include <algorithm>
#include <charconv>

#include "absl/strings/escaping.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::contact {
namespace {

constexpr int kDefaultPage = 50;
constexpr int kMaxPage = 1000;
constexpr char kSeparator = '\x1f';

// FNV-1a, 64 bits: equal in every replica and release.
uint64_t Fingerprint(std::initializer_list<std::string_view> arguments) {
  uint64_t hash = 0xcbf29ce484222325;
  const auto mix = [&](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3; };
  for (const std::string_view argument : arguments) {
    std::ranges::for_each(argument, mix);
    mix(kSeparator);
  }
  return hash;
}

template <class Number>
bool ReadNumber(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

absl::StatusOr<int> PageSize(int asked) {
  if (asked < 0) return InvalidField("page_size", reason::kOutOfRange, "0 (the default) or more.");
  return asked == 0 ? kDefaultPage : std::min(asked, kMaxPage);
}

std::string PageTokenOf(const PageEnd& end, std::initializer_list<std::string_view> arguments) {
  const std::string separator(1, kSeparator);
  return absl::WebSafeBase64Escape(
      Absl(StrCat(Fingerprint(arguments), separator, end.row, separator, end.value)));
}

absl::StatusOr<std::optional<PageEnd>> ReadPageToken(std::string_view token,
                                                     std::initializer_list<std::string_view> arguments) {
  if (token.empty()) return std::nullopt;
  std::string plain;
  PageEnd end;
  uint64_t fingerprint = 0;
  if (absl::WebSafeBase64Unescape(Absl(token), &plain)) {
    const std::string_view text = plain;
    const size_t first = text.find(kSeparator);
    const size_t second = first == std::string_view::npos ? first : text.find(kSeparator, first + 1);
    if (second != std::string_view::npos && ReadNumber(text.substr(0, first), fingerprint) &&
        fingerprint == Fingerprint(arguments) &&
        ReadNumber(text.substr(first + 1, second - first - 1), end.row)) {
      end.value = text.substr(second + 1);
      return end;
    }
  }
  return InvalidField("page_token", reason::kPageTokenInvalid,
                      "Give next_page_token as it was received, with the same arguments.");
}

}  // namespace limpid::contact
