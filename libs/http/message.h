#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What travels between the HTTP server and its handlers.
namespace limpid::http {

/// Whether two header names are the same: without case, ASCII only (RFC 9110 §5.1).
bool SameHeaderName(std::string_view a, std::string_view b);

/// One request as it came over the wire, its body complete.
///
/// A value: move it to where it is answered. What the accessors return lives as long as the request.
class Request {
 public:
  Request() = default;
  /// `target` in origin form (`/v1/contacts?pageSize=5`), as in the request line.
  Request(std::string_view method, std::string_view target);

  std::string_view method() const { return method_; }
  std::string_view target() const { return target_; }
  /// Path of the target, percent-encoding as received.
  std::string_view path() const { return target().substr(0, query_begin_); }
  /// Query of the target without the question mark, as received; empty when there is none.
  std::string_view query() const;

  void AddHeader(std::string_view name, std::string_view value);
  /// Value of the first header of this name.
  std::optional<std::string_view> Header(std::string_view name) const;
  /// Values of all headers of this name, in the order received.
  std::vector<std::string_view> AllHeaders(std::string_view name) const;
  size_t header_count() const { return headers_.size(); }
  /// Name and value of one header, in the order received.
  std::pair<std::string_view, std::string_view> HeaderAt(size_t index) const;

  std::string body;
  /// Numeric address of the peer, without its port.
  std::string remote_address;
  /// Requested when the client has gone: nobody will read the answer.
  std::stop_token stop;

 private:
  // Offsets into head_text_, which stays put when the request is moved, however short it is.
  struct Span {
    uint32_t name, name_size, value_size;
  };

  std::string method_;
  std::string target_;
  size_t query_begin_ = std::string::npos;
  std::string head_text_;
  std::vector<Span> headers_;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A whole answer. The server adds `Content-Length`, `Date` and `Connection`, and leaves the body out of an
/// answer to HEAD.
struct Response {
  int status = 200;
  Headers headers;
  std::string body;
};

/// The standard phrase of a status (`Not Found`), empty for one that is not known.
std::string_view ReasonPhrase(int status);

}  // namespace limpid::http
