#include "libs/quality/phone/library_instance.h"

#include <set>

#include <gmock/gmock.h>
#include <phonenumbers/phonemetadata.pb.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include "libs/quality/phone/number_plan.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// The embedded metadata with one change of the mobile numbers of France.
MetadataBytes WithFrenchMobiles(const std::string& pattern) {
  MetadataBytes bytes = EmbeddedMetadata();
  PhoneMetadataCollection metadata;
  EXPECT_TRUE(metadata.ParseFromString(bytes.plan));
  for (PhoneMetadata& territory : *metadata.mutable_metadata()) {
    if (territory.id() == "FR") territory.mutable_mobile()->set_national_number_pattern(pattern);
  }
  bytes.plan = metadata.SerializeAsString();
  bytes.version = "test";
  return bytes;
}

bool IsValid(const LibraryInstance& library, const std::string& input) {
  PhoneNumber number;
  return library.util().Parse(input, "ZZ", &number) == PhoneNumberUtil::NO_PARSING_ERROR &&
         library.util().IsValidNumber(number);
}

// A program in which the library reads its packaged plan could not pass: the data folder's is another.
TEST(LibraryInstance, ReadsOurMetadataAndNotThePackagedOnes) {
  EXPECT_TRUE(IsValid(TestData()->number_plan().library(), "+2290195123456"));
  PhoneNumber number;
  const PhoneNumberUtil& own = *PhoneNumberUtil::GetInstance();
  ASSERT_EQ(own.Parse("+2290195123456", "ZZ", &number), PhoneNumberUtil::NO_PARSING_ERROR);
  EXPECT_TRUE(own.IsValidNumber(number));
}

TEST(LibraryInstance, AnOldAndANewPlanLiveSideBySide) {
  const auto old_plan = LibraryInstance::Make(EmbeddedMetadata());
  ASSERT_TRUE(old_plan.ok()) << old_plan.status();
  const auto new_plan = LibraryInstance::Make(WithFrenchMobiles("5\\d{8}"));
  ASSERT_TRUE(new_plan.ok()) << new_plan.status();
  EXPECT_TRUE(IsValid(**old_plan, "+33612345678"));
  EXPECT_FALSE(IsValid(**new_plan, "+33612345678"));
  EXPECT_TRUE(IsValid(**old_plan, "+33412345678"));
  EXPECT_TRUE(IsValid(**new_plan, "+33412345678"));
}

TEST(LibraryInstance, RefusesWhatIsNoMetadata) {
  MetadataBytes broken = EmbeddedMetadata();
  broken.plan = "no metadata";
  EXPECT_EQ(LibraryInstance::Make(broken).status().code(), absl::StatusCode::kInvalidArgument);
  MetadataBytes empty = EmbeddedMetadata();
  empty.short_numbers.clear();
  EXPECT_EQ(LibraryInstance::Make(empty).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(NumberPlanLoad, SharesEqualPlansAndPartsWithOlderOnes) {
  auto first = NumberPlan::Load(EmbeddedMetadata());
  const auto second = NumberPlan::Load(EmbeddedMetadata());
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(*first, *second);
  const auto third = NumberPlan::Load(WithFrenchMobiles("7\\d{8}"));
  ASSERT_TRUE(third.ok());
  EXPECT_NE(*first, *third);
  EXPECT_TRUE((*first)->Read("0612345678", "FR").valid()) << "who holds the old plan goes on with it";
  EXPECT_FALSE((*third)->Read("0612345678", "FR").valid());
  EXPECT_EQ((*third)->version(), "test");
}

TEST(MetadataBytes, VersionNamesPackageAndDate) {
  EXPECT_EQ(MetadataVersion("google-libphonenumber 3.2.47 2026-09-29\n"), "3.2.47+20260929");
  EXPECT_EQ(MetadataVersion("3.2.47"), "");
  EXPECT_EQ(MetadataVersion(""), "");
}

}  // namespace
}  // namespace limpid::quality
