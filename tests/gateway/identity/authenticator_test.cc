#include "gateway/identity/authenticator.h"

#include <future>
#include <memory>
#include <optional>
#include <string>

#include <gmock/gmock.h>

#include "gateway/app/revoke_key.h"
#include "gateway/app/rotate_key.h"
#include "gateway/app/update_tenant.h"
#include "gateway/identity/invalidating_store.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "tests/gateway/identity_fixture.h"

namespace limpid::gateway {
namespace {

using Admitted = absl::StatusOr<std::shared_ptr<const Identity>>;

class AuthenticatorTest : public IdentityTest {
 protected:
  AuthenticatorTest() { Use({}); }

  void Use(Authenticator::Options options) {
    authenticator_ = std::make_unique<Authenticator>(options, cached_store_, cache_, executor_, clock_);
  }
  Admitted Show(const std::string& authorization, std::string_view origin = "") {
    std::promise<Admitted> answer;
    authenticator_->Authenticate({.authorization = authorization, .origin = origin, .peer = "192.0.2.1"},
                                 [&](Admitted admitted) { answer.set_value(std::move(admitted)); });
    return answer.get_future().get();
  }
  Admitted ShowKey(const std::string& secret, std::string_view origin = "") {
    return Show(StrCat("Bearer ", secret), origin);
  }
  /// The answer when it is there at once.
  std::optional<Admitted> ShowFromCache(const std::string& secret) {
    std::optional<Admitted> answer;
    authenticator_->Authenticate({.authorization = StrCat("Bearer ", secret), .origin = "", .peer = ""},
                                 [&](Admitted admitted) { answer = std::move(admitted); });
    return answer;
  }
  static std::string ReasonOfAnswer(const Admitted& admitted) { return ReasonOf(admitted.status()); }
  static std::string Unknown(int number) {
    std::string digits = std::to_string(number);
    return StrCat("lk_", std::string(43 - digits.size(), 'x'), digits);
  }

  KeyCache cache_{{}};
  InvalidatingStore cached_store_{*store_, cache_};
  Executor executor_{{.name = "identity", .threads = 1}};
  std::unique_ptr<Authenticator> authenticator_;
};

TEST_F(AuthenticatorTest, KnowsAKeyAndWhatBelongsToIt) {
  ASSERT_TRUE(UpdateTenant(cached_store_)
                  .Run(call_, call_.tenant, {.default_region = "BE", .language_code = "en"})
                  .ok());
  const IssuedKey key = NewKey({.role = Role::kStandard, .rate_per_minute = 90});
  const Admitted admitted = ShowKey(key.secret);
  ASSERT_TRUE(admitted.ok()) << admitted.status();
  EXPECT_EQ((*admitted)->tenant, call_.tenant);
  EXPECT_EQ((*admitted)->role, Role::kStandard);
  EXPECT_EQ((*admitted)->key, key.key.id);
  EXPECT_EQ((*admitted)->rate_per_minute, 90);
  EXPECT_EQ((*admitted)->settings.default_region, "BE");
  EXPECT_EQ(authenticator_->SettingsOf(call_.tenant).language_code, "en");
}

TEST_F(AuthenticatorTest, GivesAKeyWithoutARateTheGateways) {
  Use({.default_rate_per_minute = 77});
  EXPECT_EQ((*ShowKey(NewKey().secret))->rate_per_minute, 77);
}

TEST_F(AuthenticatorTest, AnswersAtOnceOnceItKnowsTheKey) {
  const IssuedKey key = NewKey();
  ASSERT_TRUE(ShowKey(key.secret).ok());
  const auto answer = ShowFromCache(key.secret);
  ASSERT_TRUE(answer.has_value());
  EXPECT_TRUE(answer->ok());
}

TEST_F(AuthenticatorTest, ReadsTheSchemeInAnyCase) {
  const std::string secret = NewKey().secret;
  EXPECT_TRUE(Show(StrCat("bearer ", secret)).ok());
  EXPECT_TRUE(Show(StrCat("BEARER   ", secret)).ok());
}

TEST_F(AuthenticatorTest, RefusesWhatIsNoKey) {
  EXPECT_EQ(ReasonOfAnswer(Show("")), reason::kCredentialsMissing);
  const std::string secret = NewKey().secret;
  for (const std::string& text :
       {secret, StrCat("Basic ", secret), StrCat("Bearer ", secret, " "), StrCat("Bearer ", secret, "x"),
        std::string("Bearer"), std::string("Bearer ")}) {
    const Admitted admitted = Show(text);
    EXPECT_EQ(admitted.status().code(), absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(ReasonOfAnswer(admitted), reason::kCredentialsInvalid);
  }
  EXPECT_EQ(ReasonOfAnswer(ShowKey(Unknown(1))), reason::kCredentialsInvalid);
}

TEST_F(AuthenticatorTest, RefusesARevokedKeyFromTheNextCallOn) {
  const IssuedKey key = NewKey();
  ASSERT_TRUE(ShowKey(key.secret).ok());
  ASSERT_TRUE(RevokeKey(cached_store_, clock_).Run(call_, key.key.id).ok());
  const Admitted admitted = ShowKey(key.secret);
  EXPECT_EQ(admitted.status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(ReasonOfAnswer(admitted), reason::kKeyRevoked);
}

TEST_F(AuthenticatorTest, AcceptsBothSecretsWhileTheOverlapLasts) {
  const IssuedKey key = NewKey();
  ASSERT_TRUE(ShowKey(key.secret).ok());
  RememberedWrite writes(cached_store_, seal_, clock_);
  const auto rotated = RotateKey(writes, mint_, clock_).Run(call_, key.key.id, absl::Hours(1));
  ASSERT_TRUE(rotated.ok());
  EXPECT_TRUE(ShowKey(key.secret).ok());
  EXPECT_TRUE(ShowKey(rotated->secret).ok());
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(ReasonOfAnswer(ShowKey(key.secret)), reason::kKeyExpired);
  EXPECT_TRUE(ShowKey(rotated->secret).ok());
}

TEST_F(AuthenticatorTest, BindsACaptureKeyToItsOriginsExactly) {
  const std::string secret =
      NewKey({.role = Role::kCapture, .origins = {"https://shop.example", "https://b.example:8443"}}).secret;
  EXPECT_TRUE(ShowKey(secret, "https://shop.example").ok());
  EXPECT_TRUE(ShowKey(secret, "https://b.example:8443").ok());
  EXPECT_TRUE(ShowKey(secret).ok());
  for (const char* origin : {"https://shop.example:8443", "http://shop.example", "https://b.example", "null",
                             "https://shop.example.evil.test", "https://SHOP.example"}) {
    const Admitted admitted = ShowKey(secret, origin);
    EXPECT_EQ(admitted.status().code(), absl::StatusCode::kPermissionDenied) << origin;
    EXPECT_EQ(ReasonOfAnswer(admitted), reason::kOriginNotAllowed) << origin;
  }
}

TEST_F(AuthenticatorTest, LeavesOtherKeysUnbound) {
  EXPECT_TRUE(ShowKey(NewKey().secret, "https://anywhere.example").ok());
}

TEST_F(AuthenticatorTest, MakesAGuesserWaitWhileKnownKeysGoOn) {
  const std::string good = NewKey().secret;
  ASSERT_TRUE(ShowKey(good).ok());
  for (int i = 0; i < 100; ++i) EXPECT_EQ(ReasonOfAnswer(ShowKey(Unknown(i))), reason::kCredentialsInvalid);
  const Admitted refused = ShowKey(Unknown(100));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(DetailsOf(refused.status()).retry_after, absl::ZeroDuration());
  EXPECT_EQ(ReasonOfAnswer(ShowKey(Unknown(0))), reason::kRateLimited);  // one that is known to be wrong
  EXPECT_EQ(ReasonOfAnswer(Show("Bearer nonsense")), reason::kRateLimited);
  EXPECT_TRUE(ShowKey(good).ok());
  clock_.Advance(absl::Minutes(1));
  EXPECT_EQ(ReasonOfAnswer(ShowKey(Unknown(100))), reason::kCredentialsInvalid);
}

TEST_F(AuthenticatorTest, AnswersEvenWhenTheExecutorIsGone) {
  const std::string known = NewKey().secret;
  ASSERT_TRUE(ShowKey(known).ok());
  executor_.Shutdown();
  EXPECT_EQ(ShowKey(NewKey().secret).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(ShowKey(known).ok());
}

TEST_F(AuthenticatorTest, AssumesTheDefaultsOfATenantNotSeenYet) {
  EXPECT_EQ(authenticator_->SettingsOf(TenantId("nobody")).default_region, "FR");
  EXPECT_EQ(authenticator_->SettingsOf(TenantId("nobody")).language_code, "fr");
}

}  // namespace
}  // namespace limpid::gateway
