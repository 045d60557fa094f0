#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace limpid::redis {

/// Watches a stream of RESP2 replies before hiredis parses it.
///
/// hiredis 0.14 allocates what a header announces (`*1073741823`), takes wrong terminators and overlong
/// numbers, and so can be made to use up the memory or to give one caller another's answer. Here every reply
/// is bounded, in bytes and in elements, and every header and terminator is checked. After an error the
/// stream is out of step: close it. One thread at a time.
class RespScanner {
 public:
  struct Limits {
    size_t max_reply_bytes = 1024 * 1024;
    int64_t max_reply_elements = 10'000;
  };

  RespScanner() : RespScanner(Limits()) {}
  explicit RespScanner(Limits limits) : limits_(limits) {}
  /// Looks at the next bytes of the stream, in pieces of any size. UNAVAILABLE when they must not be
  /// believed.
  absl::Status Scan(std::string_view bytes);

 private:
  enum class Part { kType, kLine, kPayload, kReturn, kNewline };

  absl::Status Step(char byte);
  absl::Status EndOfLine();
  void EndOfElement() { --open_elements_, part_ = Part::kType; }

  const Limits limits_;
  Part part_ = Part::kType;
  char type_ = 0;
  std::string line_;  ///< Of a number's line; other lines are not kept.
  bool after_return_ = false;
  size_t payload_left_ = 0;  ///< Bytes of a bulk string still to come.
  size_t reply_bytes_ = 0;
  int64_t reply_elements_ = 0;
  int64_t open_elements_ = 0;  ///< Elements of the reply still to come; 0 between replies.
};

}  // namespace limpid::redis
