#include "libs/http/response_head.h"

#include <algorithm>
#include <ctime>

#include "absl/time/time.h"

#include "libs/base/strings.h"

namespace limpid::http {
namespace {

bool IsFraming(std::string_view name) {
  return SameHeaderName(name, "Content-Length") || SameHeaderName(name, "Transfer-Encoding") ||
         SameHeaderName(name, "Connection");
}

bool IsClean(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return c == 0x7f || (c < 0x20 && c != '\t'); });
}

}  // namespace

void AppendHead(int status, const Headers& headers, const HeadOptions& options, std::string& out) {
  StrAppend(out, "HTTP/1.1 ", status, " ", ReasonPhrase(status), "\r\n");
  for (const auto& [name, value] : headers) {
    if (!IsFraming(name) && IsClean(name) && IsClean(value)) StrAppend(out, name, ": ", value, "\r\n");
  }
  if (!options.date.empty()) StrAppend(out, "Date: ", options.date, "\r\n");
  // RFC 9110 §8.6: 204 has no length, and that of a 304 would be the length of what is not sent.
  if (options.content_length && status != 204 && status != 304) {
    StrAppend(out, "Content-Length: ", *options.content_length, "\r\n");
  }
  if (options.chunked) out.append("Transfer-Encoding: chunked\r\n");
  if (options.close) out.append("Connection: close\r\n");
  out.append("\r\n");
}

std::string HttpDate(int64_t unix_seconds) {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", absl::FromUnixSeconds(unix_seconds),
                          absl::UTCTimeZone());
}

std::string_view HttpDateClock::Now() {
  if (const std::time_t now = std::time(nullptr); now != second_) {
    second_ = now;
    text_ = HttpDate(now);
  }
  return text_;
}

}  // namespace limpid::http
