#include <gmock/gmock.h>

#include "gateway/app/create_tenant.h"
#include "gateway/app/get_tenant.h"
#include "gateway/app/list_tenants.h"
#include "gateway/app/update_tenant.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "tests/gateway/identity_fixture.h"

namespace limpid::gateway {
namespace {

class TenantUseCases : public IdentityTest {
 protected:
  TenantUseCases() { call_.role = Role::kOperator; }
  absl::StatusOr<IssuedTenant> Create(const std::string& id, const TenantChange& settings = {}) {
    return CreateTenant(writes_, mint_, clock_, random_).Run(call_, TenantId(id), settings);
  }

  RememberedWrite writes_ = Writes();
};

TEST_F(TenantUseCases, CreateMakesTheFirstAdminToo) {
  const auto made = Create("globex", {.display_name = "Globex", .default_region = "BE"});
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->tenant.default_region, "BE");
  EXPECT_EQ(made->tenant.language_code, "fr");
  EXPECT_EQ(*GetTenant(*store_).Run(call_, TenantId("globex")), made->tenant);

  const auto found = store_->FindSecret(call_, HashSecret(made->first_key.secret));
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->key.role, Role::kAdmin);
  EXPECT_EQ((*found)->tenant, made->tenant);
}

TEST_F(TenantUseCases, CreateRefusesAnIdThatIsTaken) {
  EXPECT_EQ(Create("acme").status().code(), absl::StatusCode::kAlreadyExists);
}

TEST_F(TenantUseCases, CreateNamesAllFaults) {
  const absl::Status status = Create("Globex", {.language_code = "de"}).status();
  ASSERT_EQ(DetailsOf(status).violations.size(), 2u);
  EXPECT_EQ(DetailsOf(status).violations[0].field, "tenant.language_code");
  EXPECT_EQ(DetailsOf(status).violations[1].field, "tenant_id");
}

TEST_F(TenantUseCases, ListGoesByIdAndPageByPage) {
  ASSERT_TRUE(Create("zeta").ok());
  ASSERT_TRUE(Create("beta").ok());
  ListTenants list(*store_);
  const auto first = list.Run(call_, TenantId(), 2);
  ASSERT_EQ(first->tenants.size(), 2u);
  EXPECT_EQ(first->tenants[0].id, TenantId("acme"));
  EXPECT_EQ(first->tenants[1].id, TenantId("beta"));
  EXPECT_TRUE(first->more);
  const auto second = list.Run(call_, TenantId("beta"), 2);
  ASSERT_EQ(second->tenants.size(), 1u);
  EXPECT_FALSE(second->more);
}

TEST_F(TenantUseCases, UpdateWritesWhatItIsGiven) {
  const auto updated = UpdateTenant(*store_).Run(call_, TenantId("acme"), {.language_code = "en"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->language_code, "en");
  EXPECT_EQ(updated->default_region, "FR");
  EXPECT_EQ(*GetTenant(*store_).Run(call_, TenantId("acme")), *updated);
}

TEST_F(TenantUseCases, UpdateOfNobodyIsNotFound) {
  EXPECT_EQ(UpdateTenant(*store_).Run(call_, TenantId("nobody"), {}).status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace limpid::gateway
