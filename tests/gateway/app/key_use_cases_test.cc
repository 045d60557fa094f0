#include <gmock/gmock.h>

#include "gateway/app/create_key.h"
#include "gateway/app/get_key.h"
#include "gateway/app/list_keys.h"
#include "gateway/app/revoke_key.h"
#include "gateway/app/rotate_key.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "tests/gateway/identity_fixture.h"

namespace limpid::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class KeyUseCases : public IdentityTest {
 protected:
  absl::StatusOr<IssuedKey> Create(const KeyDraft& draft) {
    return CreateKey(writes_, mint_, clock_, random_).Run(call_, draft);
  }
  absl::StatusOr<IssuedKey> Rotate(const KeyId& id, absl::Duration overlap) {
    return RotateKey(writes_, mint_, clock_).Run(call_, id, overlap);
  }
  std::optional<KeyOfSecret> Find(const std::string& secret) {
    const auto found = store_->FindSecret(call_, HashSecret(secret));
    EXPECT_TRUE(found.ok()) << found.status();
    return found.value_or(std::nullopt);
  }

  RememberedWrite writes_ = Writes();
};

TEST_F(KeyUseCases, CreatesAKeyThatItsSecretFinds) {
  const auto made = Create({.display_name = "Shop form",
                            .role = Role::kCapture,
                            .origins = {"https://shop.example", "https://shop.example:8443"},
                            .rate_per_minute = 120});
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_TRUE(IsWellFormedSecret(made->secret));
  EXPECT_EQ(made->key.secret_prefix, made->secret.substr(0, 8));
  EXPECT_EQ(made->key.create_time, clock_.Now());

  const auto found = Find(made->secret);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->key, made->key);
  EXPECT_EQ(found->tenant.id, call_.tenant);
  EXPECT_FALSE(found->secret_expire_time.has_value());
  EXPECT_EQ(*GetKey(*store_).Run(call_, made->key.id), made->key);
}

TEST_F(KeyUseCases, KeepsTheGatewaysRateForAKeyThatNamesNone) {
  EXPECT_EQ(Create({.role = Role::kReader})->key.rate_per_minute, std::nullopt);
}

TEST_F(KeyUseCases, RefusesAFaultyDraft) {
  EXPECT_EQ(Create({}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(KeyUseCases, LetsOnlyAnOperatorMakeAnOperator) {
  EXPECT_EQ(ReasonOf(Create({.role = Role::kOperator}).status()), reason::kRoleNotAllowed);
  call_.role = Role::kOperator;
  EXPECT_TRUE(Create({.role = Role::kOperator}).ok());
}

TEST_F(KeyUseCases, ListsTheNewestFirstAndPageByPage) {
  std::vector<KeyId> made;
  for (int i = 0; i < 3; ++i) {
    made.push_back(NewKey().key.id);
    clock_.Advance(absl::Seconds(1));
  }
  ListKeys list(*store_);
  const auto first = list.Run(call_, KeyId(), 2);
  ASSERT_TRUE(first.ok());
  ASSERT_EQ(first->keys.size(), 2u);
  EXPECT_EQ(first->keys[0].id, made[2]);
  EXPECT_EQ(first->keys[1].id, made[1]);
  EXPECT_TRUE(first->more);
  const auto second = list.Run(call_, first->keys.back().id, 2);
  ASSERT_EQ(second->keys.size(), 1u);
  EXPECT_EQ(second->keys[0].id, made[0]);
  EXPECT_FALSE(second->more);
}

TEST_F(KeyUseCases, HideAnotherTenantsKeys) {
  const KeyId id = NewKey().key.id;
  call_.tenant = TenantId("other");
  const absl::Status missing = GetKey(*store_).Run(call_, KeyId("k0")).status();
  const absl::Status foreign = GetKey(*store_).Run(call_, id).status();
  EXPECT_EQ(foreign.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(foreign.message(), missing.message());
  EXPECT_EQ(RevokeKey(*store_, clock_).Run(call_, id).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Rotate(id, absl::ZeroDuration()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(ListKeys(*store_).Run(call_, KeyId(), 10)->keys, IsEmpty());
}

TEST_F(KeyUseCases, RevokeOnceAndForAll) {
  const IssuedKey key = NewKey();
  const absl::Time first = clock_.Now();
  EXPECT_EQ(RevokeKey(*store_, clock_).Run(call_, key.key.id)->revoke_time, first);
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(RevokeKey(*store_, clock_).Run(call_, key.key.id)->revoke_time, first);
  EXPECT_EQ(Find(key.secret)->key.revoke_time, first);
  EXPECT_EQ(Rotate(key.key.id, absl::ZeroDuration()).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(KeyUseCases, RotateKeepsTheOldSecretUntilTheOverlapIsOver) {
  const IssuedKey key = NewKey();
  const auto rotated = Rotate(key.key.id, absl::Hours(2));
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  EXPECT_NE(rotated->secret, key.secret);
  EXPECT_EQ(rotated->key.secret_prefix, rotated->secret.substr(0, 8));
  EXPECT_EQ(rotated->key.previous_expire_time, clock_.Now() + absl::Hours(2));
  EXPECT_EQ(Find(key.secret)->secret_expire_time, clock_.Now() + absl::Hours(2));
  EXPECT_EQ(Find(rotated->secret)->secret_expire_time, std::nullopt);
}

TEST_F(KeyUseCases, RotateNeverLengthensAnEarlierSecretsLife) {
  const IssuedKey key = NewKey();
  const absl::Time start = clock_.Now();
  const auto second = Rotate(key.key.id, absl::Hours(2));
  const auto third = Rotate(key.key.id, absl::Hours(24));
  EXPECT_EQ(Find(key.secret)->secret_expire_time, start + absl::Hours(2));
  EXPECT_EQ(Find(second->secret)->secret_expire_time, start + absl::Hours(24));
  ASSERT_TRUE(Rotate(key.key.id, absl::ZeroDuration()).ok());
  EXPECT_EQ(Find(key.secret)->secret_expire_time, start);
  EXPECT_EQ(Find(third->secret)->secret_expire_time, start);
}

TEST_F(KeyUseCases, RotateForgetsSecretsThatEndedLongAgo) {
  const IssuedKey key = NewKey();
  ASSERT_TRUE(Rotate(key.key.id, absl::ZeroDuration()).ok());
  clock_.Advance(absl::Hours(24 * 91));
  ASSERT_TRUE(Rotate(key.key.id, absl::ZeroDuration()).ok());
  EXPECT_FALSE(Find(key.secret).has_value());
}

TEST_F(KeyUseCases, RotateBoundsTheOverlap) {
  const KeyId id = NewKey().key.id;
  EXPECT_TRUE(Rotate(id, kMaxOverlap).ok());
  EXPECT_THAT(DetailsOf(Rotate(id, kMaxOverlap + absl::Nanoseconds(1)).status()).violations,
              ElementsAre(::testing::Field(&FieldViolation::field, "overlap")));
  EXPECT_FALSE(Rotate(id, -absl::Nanoseconds(1)).ok());
}

TEST_F(KeyUseCases, KeepAnOperatorsKeyFromAnAdmin) {
  call_.role = Role::kOperator;
  const KeyId id = Create({.role = Role::kOperator})->key.id;
  call_.role = Role::kAdmin;
  EXPECT_EQ(ReasonOf(Rotate(id, absl::ZeroDuration()).status()), reason::kRoleNotAllowed);
  EXPECT_EQ(ReasonOf(RevokeKey(*store_, clock_).Run(call_, id).status()), reason::kRoleNotAllowed);
}

}  // namespace
}  // namespace limpid::gateway
