#include "enrich-svc/app/page.h"

#include <algorithm>

#include "absl/strings/escaping.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::enrich {
namespace {

constexpr size_t kDefaultPageSize = 50;
constexpr size_t kMaxPageSize = 1000;
constexpr char kSeparator = '\n';

}  // namespace

absl::StatusOr<size_t> PageLimit(int page_size) {
  if (page_size < 0) {
    return InvalidField("page_size", reason::kOutOfRange, "Give a page size of 0 to 1000.");
  }
  if (page_size == 0) return kDefaultPageSize;
  return std::min(static_cast<size_t>(page_size), kMaxPageSize);
}

std::string MakePageToken(std::string_view list, std::string_view position) {
  return absl::WebSafeBase64Escape(StrCat(list, "\n", position));
}

absl::StatusOr<std::string> ReadPageToken(std::string_view list, std::string_view token) {
  if (token.empty()) return std::string();
  std::string text;
  if (!absl::WebSafeBase64Unescape(Absl(token), &text)) return PageTokenInvalid();
  const size_t separator = text.rfind(kSeparator);
  if (separator == std::string::npos || std::string_view(text).substr(0, separator) != list) {
    return PageTokenInvalid();
  }
  return text.substr(separator + 1);
}

absl::Status PageTokenInvalid() {
  return InvalidField("page_token", reason::kPageTokenInvalid,
                      "Give the nextPageToken of this list's last page, with the same arguments.");
}

}  // namespace limpid::enrich
