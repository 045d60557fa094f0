#include "gateway/rpc/page.h"

#include <algorithm>

#include "absl/strings/escaping.h"

#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

constexpr int kDefaultPageSize = 50;
constexpr int kMaxPageSize = 1000;

}  // namespace

PageRequest ReadPage(std::string_view list, int32_t page_size, std::string_view page_token,
                     ErrorCollector& errors) {
  PageRequest page{.size = page_size == 0 ? kDefaultPageSize : std::min(page_size, kMaxPageSize)};
  if (page_size < 0) errors.Add("page_size", reason::kOutOfRange, "Not negative.");
  if (page_token.empty()) return page;
  std::string text;
  const std::string start = StrCat(list, ":");
  if (!absl::WebSafeBase64Unescape(Absl(page_token), &text) || text.compare(0, start.size(), start) != 0 ||
      text.size() == start.size()) {
    errors.Add("page_token", reason::kPageTokenInvalid, "Give the next_page_token of the page before.");
    return page;
  }
  page.after = text.substr(start.size());
  return page;
}

std::string PageToken(std::string_view list, std::string_view last) {
  return absl::WebSafeBase64Escape(StrCat(list, ":", last));
}

}  // namespace limpid::gateway
