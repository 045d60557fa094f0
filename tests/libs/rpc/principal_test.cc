#include "libs/rpc/principal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::rpc {
namespace {

class SetClock final : public Clock {
 public:
  absl::Time Now() const override { return now; }
  SteadyTime SteadyNow() const override { return SteadyTime(); }
  absl::Time now = absl::FromUnixSeconds(1'800'000'000);
};

Principal Somebody() { return {.tenant = TenantId("acme"), .role = Role::kStandard, .key = KeyId("key-1")}; }

TEST(Principal, ComesBackAsItWasSigned) {
  PrincipalSigner signer({"k1"});
  PrincipalVerifier verifier({"k1"});
  for (const Principal& principal : {Somebody(), Principal{.role = Role::kService}, Principal{}}) {
    const std::string token = signer.Sign(principal);
    EXPECT_EQ(verifier.Verify(token).value(), principal);
    EXPECT_EQ(verifier.Verify(token).value(), principal) << "from memory";
  }
}

TEST(Principal, IsRefusedWhenMissingBrokenOrForged) {
  PrincipalSigner signer({"k1"});
  PrincipalVerifier verifier({"k1"});
  const std::string token = signer.Sign(Somebody());
  const std::string admin =
      signer.Sign({.tenant = TenantId("acme"), .role = Role::kAdmin, .key = KeyId("key-1")});
  const std::string spliced = admin.substr(0, admin.find('.')) + token.substr(token.find('.'));
  for (const std::string& bad : {std::string(), std::string("."), std::string("a.b"), token.substr(1),
                                 token + "A", spliced, PrincipalSigner({"k2"}).Sign(Somebody())}) {
    const auto principal = verifier.Verify(bad);
    EXPECT_EQ(principal.status().code(), absl::StatusCode::kUnauthenticated) << bad;
    EXPECT_EQ(ReasonOf(principal.status()), reason::kPrincipalInvalid) << bad;
  }
}

TEST(Principal, IsVerifiedByAllKeysAndSignedByTheFirst) {
  PrincipalVerifier verifier({"new", "old"});
  EXPECT_TRUE(verifier.Verify(PrincipalSigner({"old"}).Sign(Somebody())).ok());
  EXPECT_TRUE(verifier.Verify(PrincipalSigner({"new", "old"}).Sign(Somebody())).ok());
  EXPECT_FALSE(PrincipalVerifier({"old"}).Verify(PrincipalSigner({"new", "old"}).Sign(Somebody())).ok());
}

TEST(Principal, ExpiresAfterAMinuteAlsoWhenRemembered) {
  SetClock clock;
  PrincipalSigner signer({"k1"}, clock);
  PrincipalVerifier verifier({"k1"}, clock);
  const std::string token = signer.Sign(Somebody());
  EXPECT_TRUE(verifier.Verify(token).ok());
  clock.now += kPrincipalLifetime - absl::Seconds(1);
  EXPECT_TRUE(verifier.Verify(token).ok());
  clock.now += absl::Seconds(1);
  EXPECT_FALSE(verifier.Verify(token).ok());
  EXPECT_FALSE(PrincipalVerifier({"k1"}, clock).Verify(token).ok());
}

TEST(Principal, IsSignedAnewAtHalfItsLifetime) {
  SetClock clock;
  PrincipalSigner signer({"k1"}, clock);
  const std::string first = signer.Sign(Somebody());
  clock.now += kPrincipalLifetime / 2 - absl::Seconds(1);
  EXPECT_EQ(signer.Sign(Somebody()), first);
  clock.now += absl::Seconds(1);
  EXPECT_NE(signer.Sign(Somebody()), first);
}

TEST(Principal, AnIdWithTheSeparatorDoesNotVerify) {
  PrincipalSigner signer({"k1"});
  const std::string tenant("acme\0OPERATOR", 13);
  EXPECT_FALSE(PrincipalVerifier({"k1"}).Verify(signer.Sign({.tenant = TenantId(tenant)})).ok());
}

TEST(Principal, MorePrincipalsThanAreRememberedStillVerify) {
  PrincipalSigner signer({"k1"});
  PrincipalVerifier verifier({"k1"});
  for (int i = 0; i < 10'000; ++i) {
    const Principal principal{.tenant = TenantId(std::to_string(i)), .role = Role::kReader};
    ASSERT_EQ(verifier.Verify(signer.Sign(principal)).value(), principal);
  }
}

}  // namespace
}  // namespace limpid::rpc
