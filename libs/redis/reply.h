#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace limpid::redis {

/// What Redis answered (RESP2). Errors that Redis gave stand here only inside an array; at the top they
/// become a status.
struct Reply {
  enum class Kind { kNil, kString, kStatus, kError, kInteger, kArray };

  Kind kind = Kind::kNil;
  std::string text;     ///< Of kString, kStatus and kError.
  int64_t integer = 0;  ///< Of kInteger.
  std::vector<Reply> elements;
};

}  // namespace limpid::redis
