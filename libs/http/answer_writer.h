#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"

#include "libs/http/message.h"

namespace limpid::http::internal {

/// The bytes of one answer after the other, in the order in which they go out, delimited as the request
/// wants it: nothing after the head for HEAD, chunks for HTTP/1.1, up to the end of the connection for
/// HTTP/1.0 (RFC 9112 §6).
class AnswerWriter {
 public:
  /// From now on answers are for this request.
  void For(bool head_only, bool http_1_0);

  /// Tells a client that waits to send its body.
  void Continue() { out_.emplace_back("HTTP/1.1 100 Continue\r\n\r\n"); }
  /// A whole answer. `close`: it says that it is the last of its connection.
  void Whole(Response response, bool close, std::string_view date);
  /// The head of an answer without a known length.
  void Head(int status, const Headers& headers, bool close, std::string_view date);
  /// Whether the connection must end to show where an answer that was begun by Head ends.
  bool ended_by_close() const { return http_1_0_; }
  /// The next piece of that answer; false when nothing goes out for it.
  bool Piece(std::string_view piece);
  /// Its end; false when nothing goes out for it.
  bool End();

  /// What to write next, empty when there is nothing. Stays where it is until Sent.
  std::string_view next() const;
  /// `n` bytes of next() have been written.
  void Sent(size_t n);

 private:
  absl::InlinedVector<std::string, 2> out_;
  size_t sent_ = 0;  ///< Of the first.
  bool head_only_ = false;
  bool http_1_0_ = false;
};

/// What a client gets that finds the house full.
std::string TooManyConnectionsAnswer();

}  // namespace limpid::http::internal
