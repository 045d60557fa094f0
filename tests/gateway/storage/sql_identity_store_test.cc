#include "gateway/storage/sql_identity_store.h"

#include <latch>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "gateway/app/list_keys.h"
#include "gateway/app/revoke_key.h"
#include "gateway/app/rotate_key.h"
#include "libs/base/error.h"
#include "tests/gateway/identity_fixture.h"

namespace limpid::gateway {
namespace {

using ::testing::SizeIs;

using SqlIdentityStoreTest = IdentityTest;

TEST_F(SqlIdentityStoreTest, KeepsEveryFieldOfAKey) {
  const IssuedKey made = NewKey({.display_name = "Ä \"quoted\" 'key'",
                                 .role = Role::kCapture,
                                 .origins = {"https://b.example", "https://a.example"},
                                 .rate_per_minute = 1'000'000});
  EXPECT_EQ(*store_->GetKey(call_, call_.tenant, made.key.id), made.key);

  ApiKey changed = made.key;
  changed.display_name = "other";
  changed.origins = {"https://c.example"};
  changed.rate_per_minute = std::nullopt;
  changed.secret_prefix = "lk_zzzzz";
  changed.revoke_time = clock_.Now() + absl::Microseconds(1);
  changed.previous_expire_time = clock_.Now() - absl::Hours(1);
  ASSERT_EQ(store_->Write(call_, [&](IdentityTransaction& t) { return t.UpdateKey(changed); }),
            absl::OkStatus());
  EXPECT_EQ(*store_->GetKey(call_, call_.tenant, made.key.id), changed);
}

TEST_F(SqlIdentityStoreTest, FindsAKeyWithItsTenantByAnyOfItsSecrets) {
  const IssuedKey made = NewKey();
  RememberedWrite writes = Writes();
  const auto rotated = RotateKey(writes, mint_, clock_).Run(call_, made.key.id, absl::Hours(1));
  for (const std::string& secret : {made.secret, rotated->secret}) {
    const auto found = store_->FindSecret(call_, HashSecret(secret));
    ASSERT_TRUE(found.ok() && found->has_value());
    EXPECT_EQ((*found)->key, rotated->key);
    EXPECT_EQ((*found)->tenant.id, call_.tenant);
  }
  EXPECT_FALSE(store_->FindSecret(call_, HashSecret("lk_unknown"))->has_value());
}

TEST_F(SqlIdentityStoreTest, MovesItsVersionOnWithEveryWriteThatSucceeds) {
  const int64_t before = *store_->Version(call_);
  NewKey();
  const int64_t after = *store_->Version(call_);
  EXPECT_GT(after, before);
  EXPECT_FALSE(store_->Write(call_, [](IdentityTransaction&) { return Cancelled(); }).ok());
  EXPECT_EQ(*store_->Version(call_), after);
}

TEST_F(SqlIdentityStoreTest, UndoesAWriteThatFailsHalfWay) {
  const KeyId id = NewKey().key.id;
  EXPECT_FALSE(store_
                   ->Write(call_,
                           [&](IdentityTransaction& t) -> absl::Status {
                             ApiKey key = *t.GetKey(call_.tenant, id);
                             key.revoke_time = clock_.Now();
                             EXPECT_EQ(t.UpdateKey(key), absl::OkStatus());
                             return Cancelled();
                           })
                   .ok());
  EXPECT_EQ(store_->GetKey(call_, call_.tenant, id)->revoke_time, std::nullopt);
}

TEST_F(SqlIdentityStoreTest, SaysWhetherAnOperatorIsInForce) {
  const auto has_operator = [&] {
    bool has = false;
    EXPECT_EQ(store_->Write(call_,
                            [&](IdentityTransaction& t) {
                              const auto answer = t.HasOperator();
                              has = answer.value_or(false);
                              return answer.status();
                            }),
              absl::OkStatus());
    return has;
  };
  NewKey({.role = Role::kAdmin});
  EXPECT_FALSE(has_operator());
  call_.role = Role::kOperator;
  const KeyId id = NewKey({.role = Role::kOperator}).key.id;
  EXPECT_TRUE(has_operator());
  ASSERT_TRUE(RevokeKey(*store_, clock_).Run(call_, id).ok());
  EXPECT_FALSE(has_operator());
}

TEST_F(SqlIdentityStoreTest, MakesOneKeyOfRequestsThatComeAtOnceUnderOneIdempotencyKey) {
  constexpr int kCallers = 8;
  call_.idempotency_key = "order-4711";
  call_.request_digest = "digest";
  std::vector<absl::StatusOr<IssuedKey>> answers(kCallers, absl::UnknownError("not asked"));
  std::latch start(kCallers);
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < kCallers; ++i) {
      callers.emplace_back([&, i] {
        RememberedWrite writes = Writes();
        CreateKey create(writes, mint_, clock_, random_);
        start.arrive_and_wait();
        answers[i] = create.Run(call_, {.role = Role::kStandard});
      });
    }
  }
  for (const auto& answer : answers) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(*answer, *answers.front());
  }
  EXPECT_THAT(ListKeys(*store_).Run(call_, KeyId(), 10)->keys, SizeIs(1));
}

}  // namespace
}  // namespace limpid::gateway
