#include "gateway/identity/bootstrap.h"

#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "gateway/app/get_tenant.h"
#include "gateway/app/list_keys.h"
#include "gateway/app/revoke_key.h"
#include "gateway/identity/key_file.h"
#include "libs/base/secret_file.h"
#include "libs/testing/temp_dir.h"
#include "tests/gateway/identity_fixture.h"

namespace limpid::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kGivenKey[] = "lk_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

class BootstrapTest : public IdentityTest {
 protected:
  absl::Status Start(const std::string& bootstrap_key = "") {
    return Bootstrap({.bootstrap_key = bootstrap_key, .state_dir = state_.File("state")}, *store_, mint_,
                     clock_, random_);
  }
  std::string File() { return ReadKeyFile(state_.File("state/admin.key")).value_or(""); }
  std::optional<KeyOfSecret> Find(const std::string& secret) {
    return store_->FindSecret(call_, HashSecret(secret)).value_or(std::nullopt);
  }
  std::vector<ApiKey> Keys() {
    Call call;
    call.tenant = TenantId("default");
    return ListKeys(*store_).Run(call, KeyId(), 10)->keys;
  }
  void Revoke(const KeyId& id) {
    Call call;
    call.tenant = TenantId("default");
    call.role = Role::kOperator;
    ASSERT_TRUE(RevokeKey(*store_, clock_).Run(call, id).ok());
  }

  limpid::testing::TempDir state_;
};

TEST_F(BootstrapTest, WritesAnOperatorsKeyForItsOwnerOnly) {
  ASSERT_EQ(Start(), absl::OkStatus());
  const auto found = Find(File());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->key.role, Role::kOperator);
  EXPECT_EQ(found->key.tenant, TenantId("default"));
  EXPECT_EQ(found->tenant.default_region, "FR");
  struct stat info {};
  ASSERT_EQ(stat(state_.File("state/admin.key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(BootstrapTest, MakesNothingAtTheNextStart) {
  ASSERT_EQ(Start(), absl::OkStatus());
  const std::string secret = File();
  ASSERT_EQ(Start(), absl::OkStatus());
  EXPECT_EQ(File(), secret);
  EXPECT_THAT(Keys(), SizeIs(1));
}

TEST_F(BootstrapTest, TakesUpAKeyThatWasWrittenAndNotStored) {
  ASSERT_EQ(WriteSecretFile(state_.File("state/admin.key"), kGivenKey), absl::OkStatus());
  ASSERT_EQ(Start(), absl::OkStatus());
  EXPECT_EQ(File(), kGivenKey);
  EXPECT_TRUE(Find(kGivenKey).has_value());
}

TEST_F(BootstrapTest, MakesAnotherKeyWhenTheLastOperatorsWasRevoked) {
  ASSERT_EQ(Start(), absl::OkStatus());
  const std::string revoked = File();
  Revoke(Keys().front().id);
  ASSERT_EQ(Start(), absl::OkStatus());
  EXPECT_NE(File(), revoked);
  EXPECT_EQ(Find(File())->key.revoke_time, std::nullopt);
  EXPECT_THAT(Keys(), SizeIs(2));
}

TEST_F(BootstrapTest, AcceptsTheKeyItIsGiven) {
  ASSERT_EQ(Start(kGivenKey), absl::OkStatus());
  ASSERT_EQ(Start(kGivenKey), absl::OkStatus());
  EXPECT_EQ(Find(kGivenKey)->key.role, Role::kOperator);
  EXPECT_THAT(Keys(), SizeIs(1));
  EXPECT_EQ(File(), "");
}

TEST_F(BootstrapTest, LeavesAGivenKeyRevoked) {
  ASSERT_EQ(Start(kGivenKey), absl::OkStatus());
  Revoke(Keys().front().id);
  ASSERT_EQ(Start(kGivenKey), absl::OkStatus());
  EXPECT_TRUE(Find(kGivenKey)->key.revoke_time.has_value());
}

TEST_F(BootstrapTest, RefusesToStartWithWhatIsNoKey) {
  const absl::Status status = Start("secret");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("LIMPID_BOOTSTRAP_KEY"));
}

TEST_F(BootstrapTest, StoresNothingWhenTheFileCannotBeWritten) {
  std::ofstream(state_.File("state")) << "a file where the folder should be";
  EXPECT_EQ(Start().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(Keys(), SizeIs(0));
}

}  // namespace
}  // namespace limpid::gateway
