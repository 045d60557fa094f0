#include "gateway/app/remembered_answer.h"

#include <gmock/gmock.h>

#include "gateway/app/list_keys.h"
#include "gateway/app/rotate_key.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "tests/gateway/identity_fixture.h"

namespace limpid::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class Remembered : public IdentityTest {
 protected:
  Remembered() {
    call_.idempotency_key = "9a1f0f0e-6a3c-4f7e-9d0c-2f6e1c7b8a55";
    call_.request_digest = "digest of the request";
  }
  absl::StatusOr<IssuedKey> Create() {
    return CreateKey(writes_, mint_, clock_, random_)
        .Run(call_, {.display_name = "é, a:b", .role = Role::kCapture, .origins = {"https://a.example"}});
  }
  std::vector<ApiKey> Keys() { return ListKeys(*store_).Run(call_, KeyId(), 10)->keys; }

  RememberedWrite writes_ = Writes();
};

TEST_F(Remembered, ARepeatGetsTheSameAnswerAndMakesNothing) {
  const auto first = Create();
  ASSERT_TRUE(first.ok()) << first.status();
  clock_.Advance(absl::Hours(23));
  const auto repeat = Create();
  ASSERT_TRUE(repeat.ok()) << repeat.status();
  EXPECT_EQ(*repeat, *first);
  EXPECT_THAT(Keys(), SizeIs(1));
}

TEST_F(Remembered, ARepeatOfARotationDoesNotRotateAgain) {
  const KeyId id = Create()->key.id;
  call_.idempotency_key = "another";
  RotateKey rotate(writes_, mint_, clock_);
  const auto first = rotate.Run(call_, id, absl::Hours(1));
  const auto repeat = rotate.Run(call_, id, absl::Hours(1));
  ASSERT_TRUE(repeat.ok()) << repeat.status();
  EXPECT_EQ(*repeat, *first);
}

TEST_F(Remembered, AnotherRequestUnderTheKeyIsRefused) {
  ASSERT_TRUE(Create().ok());
  call_.request_digest = "digest of another";
  EXPECT_EQ(ReasonOf(Create().status()), reason::kIdempotencyKeyReused);
  EXPECT_THAT(Keys(), SizeIs(1));
}

TEST_F(Remembered, EachTenantHasKeysOfItsOwn) {
  ASSERT_TRUE(Create().ok());
  call_.tenant = TenantId("other");
  call_.request_digest = "digest of another";
  EXPECT_TRUE(Create().ok());
}

TEST_F(Remembered, AnAnswerEndsAfterADay) {
  const auto first = Create();
  clock_.Advance(kAnswerLifetime);
  const auto second = Create();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_NE(second->secret, first->secret);
}

TEST_F(Remembered, AFailureIsNotKept) {
  RotateKey rotate(writes_, mint_, clock_);
  EXPECT_FALSE(rotate.Run(call_, KeyId("k0"), absl::ZeroDuration()).ok());
  EXPECT_TRUE(Create().ok());
}

TEST_F(Remembered, TheSecretIsNowhereInTheDatabase) {
  const auto made = Create();
  ASSERT_TRUE(made.ok());
  const absl::Status read = database_->Read(call_, [&](sql::Session& session) {
    const auto rows = session.Query("SELECT id, sealed FROM kept_answers");
    EXPECT_EQ(rows->size(), 1u);
    EXPECT_THAT(rows->front().Text(1), Not(HasSubstr(made->secret.substr(8))));
    EXPECT_THAT(rows->front().Text(0), Not(HasSubstr(call_.idempotency_key)));
    return rows.status();
  });
  EXPECT_EQ(read, absl::OkStatus());
}

TEST(AnswerBytes, ComeBackAsTheyWere) {
  const IssuedTenant answer{.tenant = {.id = TenantId("acme"),
                                       .display_name = "Acmé: 3:x",
                                       .default_region = "BE",
                                       .language_code = "en",
                                       .create_time = absl::FromUnixMicros(1234567)},
                            .first_key = {.key = {.id = KeyId("k1"),
                                                  .tenant = TenantId("acme"),
                                                  .display_name = "",
                                                  .role = Role::kCapture,
                                                  .origins = {"https://a.example", "https://b.example"},
                                                  .rate_per_minute = 7,
                                                  .secret_prefix = "lk_abcde",
                                                  .create_time = absl::FromUnixMicros(-5),
                                                  .revoke_time = absl::FromUnixMicros(9),
                                                  .previous_expire_time = std::nullopt},
                                          .secret = "lk_secret"}};
  IssuedTenant read;
  ASSERT_EQ(DecodeAnswer(EncodeAnswer(answer), read), absl::OkStatus());
  EXPECT_EQ(read, answer);
}

TEST(AnswerBytes, ThatAreBrokenAreSaidToBe) {
  const std::string bytes = EncodeAnswer(IssuedKey{.secret = "s"});
  IssuedKey read;
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(DecodeAnswer(std::string_view(bytes).substr(0, size), read).code(),
              absl::StatusCode::kDataLoss);
  }
  EXPECT_EQ(DecodeAnswer(bytes + "1:x", read).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(DecodeAnswer("99999999999999999999:x", read).code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace limpid::gateway
