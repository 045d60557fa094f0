#include "contact-svc/domain/contact_query.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "tests/contact-svc/quality.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;

absl::StatusOr<ContactQuery> Read(std::string_view filter, std::string_view order_by = {}) {
  return ReadContactQuery(filter, order_by, TestForms());
}

TEST(ContactQuery, TermsAreJoinedByAnd) {
  const auto query = Read(R"(email = "Jean@Example.org" AND tags:vip AND family_name = "D\"Arc Élan")");
  ASSERT_TRUE(query.ok()) << query.status();
  EXPECT_THAT(query->keys, ElementsAre(MatchKey{KeyKind::kEmail, TestForms().EmailKey("jean@example.org")},
                                       MatchKey{KeyKind::kTag, "vip"}));
  EXPECT_EQ(query->family_name, NameKeyOf("d\"arc elan"));
  EXPECT_FALSE(query->nothing);
}

TEST(ContactQuery, TimesNarrowToARange) {
  const auto query = Read(
      "create_time>=2026-01-01T00:00:00Z AND create_time < \"2026-02-01T00:00:00+01:00\" AND "
      "create_time > 2025-01-01T00:00:00Z");
  ASSERT_TRUE(query.ok()) << query.status();
  EXPECT_EQ(absl::FromUnixMicros(*query->created_from),
            absl::FromCivil(absl::CivilDay(2026, 1, 1), absl::UTCTimeZone()));
  EXPECT_EQ(absl::FromUnixMicros(*query->created_to),
            absl::FromCivil(absl::CivilDay(2026, 2, 1), absl::UTCTimeZone()) - absl::Hours(1) -
                absl::Microseconds(1));
}

TEST(ContactQuery, WhatNobodyCanHaveMatchesNothing) {
  EXPECT_TRUE(Read("email = nonsense")->nothing);
  EXPECT_TRUE(Read("phone = 12")->nothing);
  EXPECT_TRUE(Read("given_name = a AND given_name = b")->nothing);
  EXPECT_FALSE(Read("given_name = a AND given_name = A")->nothing);
}

TEST(ContactQuery, FaultsAreRefused) {
  for (const char* filter :
       {"email", "email =", "= 3", "email : x", "tags = x", "shoe = 3", "email = \"open",
        "email = a OR phone = 1", "email = a phone = 1", "email = a AND",
        "create_time : 2026-01-01T00:00:00Z", "create_time = yesterday", "create_time = infinite-future",
        "create_time != 2026-01-01T00:00:00Z", "(email = a)", "AND"}) {
    const auto query = Read(filter);
    EXPECT_EQ(query.status().code(), absl::StatusCode::kInvalidArgument) << filter;
    EXPECT_EQ(DetailsOf(query.status()).violations.at(0).field, "filter") << filter;
  }
  std::string many = "tags:a";
  for (int i = 0; i < 20; ++i) many += " AND tags:a";
  EXPECT_FALSE(Read(many).ok());
  EXPECT_FALSE(Read("tags:" + std::string(3000, 'x')).ok());
}

TEST(ContactQuery, OrderIsOneFieldEitherWay) {
  EXPECT_EQ(Read("")->order, ContactOrder::kCreateTime);
  EXPECT_TRUE(Read("")->descending);
  EXPECT_FALSE(Read("", "create_time")->descending);
  EXPECT_EQ(Read("", "family_name desc")->order, ContactOrder::kFamilyName);
  EXPECT_TRUE(Read("", "update_time desc")->descending);
  for (const char* order : {"age", "create_time asc", "create_time,family_name", " desc"}) {
    EXPECT_EQ(DetailsOf(Read("", order).status()).violations.at(0).field, "order_by") << order;
  }
}

}  // namespace
}  // namespace limpid::contact
