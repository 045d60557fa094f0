#include "gateway/rpc/key_service.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "tests/gateway/identity_fixture.h"
#include "tests/gateway/rpc/local_call.h"

namespace limpid::gateway {
namespace {

using ::testing::ElementsAre;

class KeyServiceTest : public IdentityTest {
 protected:
  absl::StatusOr<v1::Key> Create(const v1::CreateKeyRequest& request) {
    return CallMethod<v1::Key>(*service_, call_, "limpid.gateway.v1.KeyService.CreateKey", request);
  }
  absl::StatusOr<v1::Key> Create(type::v1::Role::Value role) {
    v1::CreateKeyRequest request;
    request.mutable_key()->set_role(role);
    return Create(request);
  }
  absl::StatusOr<v1::Key> Get(const std::string& name) {
    v1::GetKeyRequest request;
    request.set_name(name);
    return CallMethod<v1::Key>(*service_, call_, "limpid.gateway.v1.KeyService.GetKey", request);
  }
  static std::vector<std::string> FaultsOf(const absl::Status& status) {
    std::vector<std::string> faults;
    for (const FieldViolation& violation : DetailsOf(status).violations) {
      faults.push_back(violation.field + " " + violation.reason);
    }
    return faults;
  }

  RememberedWrite writes_ = Writes();
  CreateKey create_{writes_, mint_, clock_, random_};
  GetKey get_{*store_};
  ListKeys list_{*store_};
  RevokeKey revoke_{*store_, clock_};
  RotateKey rotate_{writes_, mint_, clock_};
  std::shared_ptr<Executor> executor_ =
      std::make_shared<Executor>(Executor::Options{.name = "identity", .threads = 2});
  std::unique_ptr<Upstream> service_ = MakeKeyUpstream({.create = create_,
                                                        .get = get_,
                                                        .list = list_,
                                                        .revoke = revoke_,
                                                        .rotate = rotate_,
                                                        .default_rate_per_minute = 6000},
                                                       executor_);
};

TEST_F(KeyServiceTest, ShowsTheSecretOnce) {
  const auto made = Create(type::v1::Role::STANDARD);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_TRUE(IsWellFormedSecret(made->secret()));
  EXPECT_EQ(made->rate_per_minute(), 6000);
  const auto read = Get(made->name());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->secret(), "");
  EXPECT_EQ(read->secret_prefix(), made->secret().substr(0, 8));
}

TEST_F(KeyServiceTest, NamesAllFaultsOfAKeyAtOnce) {
  v1::CreateKeyRequest request;
  request.mutable_key()->set_secret("lk_mine");
  request.mutable_key()->set_role(type::v1::Role::CAPTURE);
  request.mutable_key()->add_origins("shop.example");
  request.mutable_key()->set_rate_per_minute(-1);
  EXPECT_THAT(FaultsOf(Create(request).status()),
              ElementsAre("key.secret READ_ONLY", "key.origins[0] INVALID_FORMAT",
                          "key.rate_per_minute OUT_OF_RANGE"));
  EXPECT_THAT(FaultsOf(Create(v1::CreateKeyRequest()).status()), ElementsAre("key REQUIRED"));
}

TEST_F(KeyServiceTest, RemembersWhatItAnsweredUnderAnIdempotencyKey) {
  call_.idempotency_key = "order-4711";
  const auto first = Create(type::v1::Role::STANDARD);
  const auto repeat = Create(type::v1::Role::STANDARD);
  ASSERT_TRUE(first.ok() && repeat.ok());
  EXPECT_EQ(repeat->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(ReasonOf(Create(type::v1::Role::READER).status()), reason::kIdempotencyKeyReused);
}

TEST_F(KeyServiceTest, ListsPageByPageToTheEnd) {
  for (int i = 0; i < 5; ++i) NewKey();
  std::vector<std::string> names;
  v1::ListKeysRequest request;
  request.set_page_size(2);
  int pages = 0;
  do {
    const auto page =
        CallMethod<v1::ListKeysResponse>(*service_, call_, "limpid.gateway.v1.KeyService.ListKeys", request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Key& key : page->keys()) names.push_back(key.name());
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(names.size(), 5u);
  EXPECT_TRUE(std::ranges::is_sorted(names, std::greater<>()));
}

TEST_F(KeyServiceTest, RefusesAFaultyPage) {
  v1::ListKeysRequest request;
  request.set_page_size(-1);
  request.set_page_token("nonsense");
  const auto page =
      CallMethod<v1::ListKeysResponse>(*service_, call_, "limpid.gateway.v1.KeyService.ListKeys", request);
  EXPECT_THAT(FaultsOf(page.status()),
              ElementsAre("page_size OUT_OF_RANGE", "page_token PAGE_TOKEN_INVALID"));
}

TEST_F(KeyServiceTest, RevokesAndRotates) {
  const std::string name = Create(type::v1::Role::STANDARD)->name();
  v1::RotateKeyRequest rotate;
  rotate.set_name(name);
  const auto rotated =
      CallMethod<v1::Key>(*service_, call_, "limpid.gateway.v1.KeyService.RotateKey", rotate);
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  EXPECT_EQ(rotated->previous_expire_time().seconds(), absl::ToUnixSeconds(clock_.Now() + absl::Hours(24)));
  EXPECT_TRUE(IsWellFormedSecret(rotated->secret()));

  v1::RevokeKeyRequest revoke;
  revoke.set_name(name);
  const auto revoked =
      CallMethod<v1::Key>(*service_, call_, "limpid.gateway.v1.KeyService.RevokeKey", revoke);
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_TRUE(revoked->has_revoke_time());
  EXPECT_EQ(revoked->secret(), "");
}

TEST_F(KeyServiceTest, NamesAllFaultsOfARotation) {
  v1::RotateKeyRequest rotate;
  rotate.set_name("k42");
  rotate.mutable_overlap()->set_seconds(31 * 86400);
  EXPECT_THAT(
      FaultsOf(
          CallMethod<v1::Key>(*service_, call_, "limpid.gateway.v1.KeyService.RotateKey", rotate).status()),
      ElementsAre("name INVALID_FORMAT", "overlap OUT_OF_RANGE"));
}

TEST_F(KeyServiceTest, DoesNothingForACallerWhoHasGone) {
  std::stop_source gone;
  gone.request_stop();
  call_.stop = gone.get_token();
  EXPECT_EQ(Create(type::v1::Role::STANDARD).status().code(), absl::StatusCode::kCancelled);
}

TEST_F(KeyServiceTest, AgreesWithItsDescriptor) {
  rpc::Door door{.domain = "gateway.limpid", .executor = executor_};
  const auto service = BuildKeyService({.create = create_,
                                        .get = get_,
                                        .list = list_,
                                        .revoke = revoke_,
                                        .rotate = rotate_,
                                        .default_rate_per_minute = 6000},
                                       std::make_shared<const rpc::Door>(door));
  EXPECT_EQ(service->full_name(), "limpid.gateway.v1.KeyService");
}

}  // namespace
}  // namespace limpid::gateway
