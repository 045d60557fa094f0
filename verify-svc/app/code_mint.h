#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "verify-svc/domain/challenge.h"

namespace limpid::verify {

/// Makes codes and links and recognises them, with a key that only this service has. Thread-safe.
class CodeMint {
 public:
  virtual ~CodeMint() = default;
  /// Sets `seed`, `code_hash` and, for a link, `link_hash` of a challenge that is otherwise complete.
  virtual void Strike(Challenge& challenge) = 0;
  /// What its message tells, the same each time: a code of six digits, or the token of a link, 43 characters
  /// of base64url. Empty when the key that it was made with is no longer given.
  virtual std::string SecretOf(const Challenge& challenge) const = 0;
  /// Whether `typed` is the code, or the token of a link: in constant time.
  virtual bool IsCode(const Challenge& challenge, std::string_view typed) const = 0;
  /// Under what a link's challenge is found.
  virtual std::string LinkHash(std::string_view token) const = 0;
  /// Stands for what must not be stored in clear, a number or an address, in the scope of an allowance.
  virtual std::string Tag(std::initializer_list<std::string_view> parts) const = 0;
};

}  // namespace limpid::verify
