#include "gateway/rpc/resource_name.h"

#include <string>

#include <gmock/gmock.h>

namespace limpid::gateway {
namespace {

TEST(ResourceName, HoldsAnId) {
  ErrorCollector errors;
  EXPECT_EQ(IdOfName("keys/k42", "keys", "name", errors), "k42");
  EXPECT_TRUE(errors.empty());
}

TEST(ResourceName, IsOfItsCollection) {
  for (const std::string& name :
       {std::string("k42"), std::string("keys"), std::string("keys/"), std::string("tenants/k42"),
        std::string("keys/a/b"), "keys/" + std::string(64, 'k')}) {
    ErrorCollector errors;
    EXPECT_EQ(IdOfName(name, "keys", "name", errors), "");
    ASSERT_EQ(errors.violations().size(), 1u) << name;
    EXPECT_EQ(errors.violations()[0].reason, "INVALID_FORMAT");
  }
  ErrorCollector errors;
  IdOfName("", "keys", "key.name", errors);
  EXPECT_EQ(errors.violations()[0].field, "key.name");
  EXPECT_EQ(errors.violations()[0].reason, "REQUIRED");
}

}  // namespace
}  // namespace limpid::gateway
