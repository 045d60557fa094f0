#include "gateway/rpc/tenant_convert.h"

#include <gmock/gmock.h>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/reflection.h"

namespace limpid::gateway {
namespace {

const Tenant kTenant{.id = TenantId("acme"),
                     .display_name = "Acme",
                     .default_region = "BE",
                     .language_code = "en",
                     .create_time = absl::FromUnixSeconds(1)};

v1::UpdateTenantRequest Update(const std::vector<std::string>& paths) {
  v1::UpdateTenantRequest request;
  request.mutable_tenant()->set_name("tenants/acme");
  request.mutable_tenant()->set_default_region("CH");
  for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
  return request;
}

TEST(TenantToProto, FillsEveryField) {
  const v1::Tenant wire = ToProto(kTenant);
  std::vector<const google::protobuf::FieldDescriptor*> set;
  wire.GetReflection()->ListFields(wire, &set);
  EXPECT_EQ(static_cast<int>(set.size()), wire.GetDescriptor()->field_count());
  EXPECT_EQ(wire.name(), "tenants/acme");
  EXPECT_EQ(wire.display_name(), "Acme");
  EXPECT_EQ(wire.default_region(), "BE");
  EXPECT_EQ(wire.language_code(), "en");
  EXPECT_EQ(wire.create_time().seconds(), 1);
}

TEST(TenantSettings, HaveDefaultsForWhatIsEmpty) {
  ErrorCollector errors;
  const TenantChange change = SettingsFromProto(v1::Tenant(), "tenant", errors);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(change.display_name, "");
  EXPECT_EQ(change.default_region, "FR");
  EXPECT_EQ(change.language_code, "fr");
}

TEST(TenantSettings, AreReadFieldByField) {
  v1::Tenant wire = ToProto(kTenant);
  wire.clear_name();
  wire.clear_create_time();
  ErrorCollector errors;
  const TenantChange change = SettingsFromProto(wire, "tenant", errors);
  EXPECT_TRUE(errors.empty());
  Tenant tenant{.id = kTenant.id, .create_time = kTenant.create_time};
  change.ApplyTo(tenant);
  EXPECT_EQ(tenant, kTenant);
}

TEST(TenantSettings, LeaveOutputOnlyFieldsToTheGateway) {
  ErrorCollector errors;
  SettingsFromProto(ToProto(kTenant), "tenant", errors);
  ASSERT_EQ(errors.violations().size(), 2u);
  EXPECT_EQ(errors.violations()[0].field, "tenant.name");
  EXPECT_EQ(errors.violations()[1].field, "tenant.create_time");
}

TEST(TenantChange, WithoutAMaskIsWhatIsSet) {
  ErrorCollector errors;
  const TenantChange change = ChangeFromProto(Update({}), errors);
  EXPECT_EQ(change.display_name, std::nullopt);
  EXPECT_EQ(change.default_region, "CH");
  EXPECT_EQ(change.language_code, std::nullopt);
}

TEST(TenantChange, WithAMaskIsWhatTheMaskNames) {
  ErrorCollector errors;
  const TenantChange change = ChangeFromProto(Update({"language_code", "display_name"}), errors);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(change.display_name, "");
  EXPECT_EQ(change.default_region, std::nullopt);
  EXPECT_EQ(change.language_code, "fr");
}

TEST(TenantChange, WithAStarIsAll) {
  ErrorCollector errors;
  const TenantChange change = ChangeFromProto(Update({"*"}), errors);
  EXPECT_EQ(change.display_name, "");
  EXPECT_EQ(change.default_region, "CH");
  EXPECT_EQ(change.language_code, "fr");
}

TEST(TenantChange, RefusesPathsThatCannotBeWritten) {
  ErrorCollector errors;
  ChangeFromProto(Update({"name", "create_time", "nonsense"}), errors);
  ASSERT_EQ(errors.violations().size(), 3u);
  EXPECT_EQ(errors.violations()[0].reason, "READ_ONLY");
  EXPECT_EQ(errors.violations()[2].reason, "UNKNOWN_FIELD");
}

}  // namespace
}  // namespace limpid::gateway
