#pragma once

#include <string>
#include <vector>

#include "libs/base/random.h"
#include "verify-svc/app/code_mint.h"

namespace limpid::verify {

/// Codes and links by HMAC-SHA-256.
///
/// A code is made of the HMAC of what the challenge is about (tenant, id, destination, purpose) and its seed,
/// 256 random bits; so a resend gives the same one although it is not stored. Who reads the database has the
/// seed and not the key, who has the key has not the seed. What is stored recognises a code by another HMAC
/// over the same things and the code. Thread-safe.
class HmacCodeMint final : public CodeMint {
 public:
  /// The first of `keys` makes codes, all recognise them, so that keys can be changed while challenges run.
  HmacCodeMint(std::vector<std::string> keys, Random& random);

  void Strike(Challenge& challenge) override;
  std::string SecretOf(const Challenge& challenge) const override;
  bool IsCode(const Challenge& challenge, std::string_view typed) const override;
  std::string LinkHash(std::string_view token) const override;
  std::string Tag(std::initializer_list<std::string_view> parts) const override;

 private:
  const std::vector<std::string> keys_;
  Random& random_;
};

}  // namespace limpid::verify
