#include "verify-svc/app/tenant_domains.h"

#include <gmock/gmock.h>

namespace limpid::verify {
namespace {

std::shared_ptr<const Policy> Listing(std::vector<std::string> domains) {
  Policy policy;
  policy.email.known_domains = std::move(domains);
  return std::make_shared<const Policy>(std::move(policy));
}

TEST(TenantDomains, AreMadeOnceForEachVersionOfAPolicy) {
  const TenantDomains domains;
  const TenantId acme("acme");
  const auto first = Listing({"acme-customers.fr"});
  const auto made = domains.Of(acme, first);
  ASSERT_NE(made, nullptr);
  EXPECT_TRUE(made->Contains("acme-customers.fr"));
  EXPECT_EQ(domains.Of(acme, first), made);

  const auto second = Listing({"other-customers.fr"});
  const auto changed = domains.Of(acme, second);
  EXPECT_FALSE(changed->Contains("acme-customers.fr"));
  EXPECT_TRUE(changed->Contains("other-customers.fr"));
}

TEST(TenantDomains, BelongToOneTenant) {
  const TenantDomains domains;
  const auto ours = domains.Of(TenantId("acme"), Listing({"acme-customers.fr"}));
  const auto theirs = domains.Of(TenantId("other"), Listing({"other-customers.fr"}));
  EXPECT_FALSE(theirs->Contains("acme-customers.fr"));
  EXPECT_TRUE(ours->Contains("acme-customers.fr"));
}

TEST(TenantDomains, AreNoneWhereAPolicyListsNone) {
  EXPECT_EQ(TenantDomains().Of(TenantId("acme"), Listing({})), nullptr);
}

}  // namespace
}  // namespace limpid::verify
