#include "gateway/identity/sha256_secret_mint.h"

#include <gmock/gmock.h>

#include "absl/strings/escaping.h"

#include "gateway/domain/api_key.h"
#include "libs/base/random.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

TEST(HashSecret, IsSha256) {
  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(absl::BytesToHexString(Absl(HashSecret("abc").view())),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(SecretHash, DiffersInAnyByte) {
  const SecretHash hash = HashSecret("abc");
  for (size_t i = 0; i < hash.bytes.size(); ++i) {
    SecretHash other = hash;
    other.bytes[i] ^= 1;
    EXPECT_FALSE(hash == other) << i;
  }
  EXPECT_TRUE(hash == HashSecret("abc"));
}

TEST(SecretMint, MakesAnotherEachTime) {
  Sha256SecretMint mint(SecureRandom());
  const MintedSecret first = mint.Mint();
  const MintedSecret second = mint.Mint();
  EXPECT_TRUE(IsWellFormedSecret(first.secret));
  EXPECT_NE(first.secret, second.secret);
  EXPECT_EQ(first.hash, HashSecret(first.secret));
}

}  // namespace
}  // namespace limpid::gateway
