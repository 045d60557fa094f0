#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/http/message.h"

namespace limpid::http {

/// How the body that follows a head is delimited, and what becomes of the connection.
struct HeadOptions {
  std::optional<uint64_t> content_length;  ///< None: chunked, or until the connection closes.
  bool chunked = false;
  bool close = false;
  std::string_view date;  ///< IMF-fixdate, RFC 9110 §5.6.7.
};

/// Appends status line and header fields up to the empty line. A field that would break the framing (control
/// characters) or contradict it (`Content-Length`, `Transfer-Encoding`, `Connection`) is left out.
void AppendHead(int status, const Headers& headers, const HeadOptions& options, std::string& out);

/// `Sun, 06 Nov 1994 08:49:37 GMT` for seconds since the epoch.
std::string HttpDate(int64_t unix_seconds);

/// The value of `Date` at this moment, made once a second. For one thread.
class HttpDateClock {
 public:
  std::string_view Now();

 private:
  int64_t second_ = 0;
  std::string text_;
};

}  // namespace limpid::http
