#include "gateway/rpc/tenant_service.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "tests/gateway/identity_fixture.h"
#include "tests/gateway/rpc/local_call.h"

namespace limpid::gateway {
namespace {

using ::testing::ElementsAre;

class TenantServiceTest : public IdentityTest {
 protected:
  TenantServiceTest() { call_.role = Role::kOperator; }

  template <class Response, class Request>
  absl::StatusOr<Response> Ask(const std::string& method, const Request& request) {
    return CallMethod<Response>(*service_, call_, "limpid.gateway.v1.TenantService." + method, request);
  }
  static std::vector<std::string> FaultsOf(const absl::Status& status) {
    std::vector<std::string> faults;
    for (const FieldViolation& violation : DetailsOf(status).violations) {
      faults.push_back(violation.field + " " + violation.reason);
    }
    return faults;
  }

  RememberedWrite writes_ = Writes();
  CreateTenant create_{writes_, mint_, clock_, random_};
  GetTenant get_{*store_};
  ListTenants list_{*store_};
  UpdateTenant update_{*store_};
  std::shared_ptr<Executor> executor_ =
      std::make_shared<Executor>(Executor::Options{.name = "identity", .threads = 1});
  std::unique_ptr<Upstream> service_ = MakeTenantUpstream(
      {.create = create_, .get = get_, .list = list_, .update = update_, .default_rate_per_minute = 6000},
      executor_);
};

TEST_F(TenantServiceTest, CreatesGetsListsAndUpdates) {
  v1::CreateTenantRequest create;
  create.set_tenant_id("globex");
  create.mutable_tenant()->set_default_region("BE");
  const auto made = Ask<v1::CreateTenantResponse>("CreateTenant", create);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->tenant().name(), "tenants/globex");
  EXPECT_EQ(made->key().role(), type::v1::Role::ADMIN);
  EXPECT_TRUE(IsWellFormedSecret(made->key().secret()));

  v1::UpdateTenantRequest update;
  update.mutable_tenant()->set_name("tenants/globex");
  update.mutable_tenant()->set_language_code("en");
  const auto updated = Ask<v1::Tenant>("UpdateTenant", update);
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->default_region(), "BE");
  EXPECT_EQ(updated->language_code(), "en");

  v1::GetTenantRequest get;
  get.set_name("tenants/globex");
  EXPECT_EQ(Ask<v1::Tenant>("GetTenant", get)->language_code(), "en");

  v1::ListTenantsRequest list;
  list.set_page_size(1);
  const auto first = Ask<v1::ListTenantsResponse>("ListTenants", list);
  EXPECT_EQ(first->tenants(0).name(), "tenants/acme");
  list.set_page_token(first->next_page_token());
  const auto second = Ask<v1::ListTenantsResponse>("ListTenants", list);
  EXPECT_EQ(second->tenants(0).name(), "tenants/globex");
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(TenantServiceTest, RemembersTheFirstKeyUnderAnIdempotencyKey) {
  call_.idempotency_key = "order-4711";
  v1::CreateTenantRequest create;
  create.set_tenant_id("globex");
  create.mutable_tenant();
  const auto first = Ask<v1::CreateTenantResponse>("CreateTenant", create);
  const auto repeat = Ask<v1::CreateTenantResponse>("CreateTenant", create);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(repeat.ok()) << repeat.status();
  EXPECT_EQ(repeat->SerializeAsString(), first->SerializeAsString());
}

TEST_F(TenantServiceTest, NamesAllFaultsAtOnce) {
  v1::CreateTenantRequest create;
  create.mutable_tenant()->set_name("tenants/mine");
  create.mutable_tenant()->set_default_region("France");
  EXPECT_THAT(
      FaultsOf(Ask<v1::CreateTenantResponse>("CreateTenant", create).status()),
      ElementsAre("tenant.name READ_ONLY", "tenant.default_region INVALID_FORMAT", "tenant_id REQUIRED"));
  EXPECT_THAT(FaultsOf(Ask<v1::CreateTenantResponse>("CreateTenant", v1::CreateTenantRequest()).status()),
              ElementsAre("tenant REQUIRED", "tenant_id REQUIRED"));

  v1::UpdateTenantRequest update;
  update.mutable_tenant()->set_name("acme");
  update.mutable_tenant()->set_language_code("de");
  update.mutable_update_mask()->add_paths("language_code");
  update.mutable_update_mask()->add_paths("nonsense");
  EXPECT_THAT(FaultsOf(Ask<v1::Tenant>("UpdateTenant", update).status()),
              ElementsAre("tenant.name INVALID_FORMAT", "update_mask UNKNOWN_FIELD",
                          "tenant.language_code UNKNOWN_VALUE"));
}

TEST_F(TenantServiceTest, AgreesWithItsDescriptor) {
  rpc::Door door{.domain = "gateway.limpid", .executor = executor_};
  const auto service = BuildTenantService(
      {.create = create_, .get = get_, .list = list_, .update = update_, .default_rate_per_minute = 6000},
      std::make_shared<const rpc::Door>(door));
  EXPECT_EQ(service->full_name(), "limpid.gateway.v1.TenantService");
}

}  // namespace
}  // namespace limpid::gateway
