#include "gateway/domain/api_key.h"

#include <string>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> FaultsOf(const KeyDraft& draft) {
  std::vector<std::string> faults;
  for (const FieldViolation& violation : DetailsOf(CheckKeyDraft(draft)).violations) {
    faults.push_back(violation.field + " " + violation.reason);
  }
  return faults;
}

TEST(Secret, IsLkAndFortyThreeCharactersOfBase64Url) {
  const std::string body = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN-_9";
  EXPECT_TRUE(IsWellFormedSecret("lk_" + body));
  EXPECT_FALSE(IsWellFormedSecret("lk_" + body + "A"));
  EXPECT_FALSE(IsWellFormedSecret("lk_" + body.substr(1)));
  EXPECT_FALSE(IsWellFormedSecret("sk_" + body));
  EXPECT_FALSE(IsWellFormedSecret("lk_+" + body.substr(1)));
  EXPECT_FALSE(IsWellFormedSecret(""));
}

TEST(KeyDraft, OfEachRoleThatKeysHaveIsRight) {
  for (const Role role : {Role::kOperator, Role::kAdmin, Role::kStandard, Role::kReader}) {
    EXPECT_THAT(FaultsOf({.role = role}), IsEmpty()) << RoleName(role);
  }
  EXPECT_THAT(FaultsOf({.role = Role::kCapture, .origins = {"https://shop.example"}, .rate_per_minute = 60}),
              IsEmpty());
}

TEST(KeyDraft, NeedsARoleThatAKeyCanHave) {
  EXPECT_THAT(FaultsOf({}), ElementsAre("role REQUIRED"));
  EXPECT_THAT(FaultsOf({.role = Role::kService}), ElementsAre("role UNKNOWN_VALUE"));
}

TEST(KeyDraft, OfACaptureKeyNamesItsOrigins) {
  EXPECT_THAT(FaultsOf({.role = Role::kCapture}), ElementsAre("origins REQUIRED"));
  EXPECT_THAT(
      FaultsOf({.role = Role::kCapture, .origins = std::vector<std::string>(51, "https://shop.example")}),
      ElementsAre("origins TOO_MANY"));
  EXPECT_THAT(FaultsOf({.role = Role::kStandard, .origins = {"https://shop.example"}}),
              ElementsAre("origins INVALID_FORMAT"));
}

TEST(KeyDraft, HearsOfAllItsFaultsAtOnce) {
  EXPECT_THAT(FaultsOf({.display_name = std::string(101, 'x'),
                        .role = Role::kCapture,
                        .origins = {"https://shop.example", "shop.example", "https://shop.example/form"},
                        .rate_per_minute = 1'000'001}),
              ElementsAre("display_name TOO_LONG", "origins[1] INVALID_FORMAT", "origins[2] INVALID_FORMAT",
                          "rate_per_minute OUT_OF_RANGE"));
}

TEST(KeyDraft, CountsCharactersAndNotBytes) {
  std::string name;
  for (int i = 0; i < 100; ++i) name += "é";
  EXPECT_THAT(FaultsOf({.display_name = name, .role = Role::kReader}), IsEmpty());
}

TEST(MayManage, LeavesOperatorsKeysToOperators) {
  EXPECT_TRUE(CheckMayManage(Role::kOperator, Role::kOperator).ok());
  EXPECT_TRUE(CheckMayManage(Role::kAdmin, Role::kAdmin).ok());
  EXPECT_EQ(ReasonOf(CheckMayManage(Role::kAdmin, Role::kOperator)), reason::kRoleNotAllowed);
}

}  // namespace
}  // namespace limpid::gateway
