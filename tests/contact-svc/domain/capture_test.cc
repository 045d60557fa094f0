#include "contact-svc/domain/capture.h"

#include <gmock/gmock.h>

#include "contact-svc/domain/validation.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using Kind = CaptureDecision::Kind;

const Match kSame{.decision = MatchDecision::kSame};
const Match kReview{.decision = MatchDecision::kReview};

TEST(CaptureDecision, FollowsWhoIsKnown) {
  EXPECT_EQ(Decide({}).kind, Kind::kCreate);
  EXPECT_EQ(Decide(std::vector<Match>{kSame}).kind, Kind::kUpdate);
  EXPECT_EQ(Decide(std::vector<Match>{kReview}).reason, "NAME_CONFLICT");
  EXPECT_EQ(Decide(std::vector<Match>{kSame, kSame}).reason, "SEVERAL_MATCHES");
  const CaptureDecision household = Decide(std::vector<Match>{kReview, kSame});
  EXPECT_EQ(household.kind, Kind::kUpdate);
  EXPECT_EQ(household.match, 1u);
}

ReachableValue Value(std::string_view text, bool primary = false) {
  return {.value = std::string(text), .match_key = std::string(text), .primary = primary};
}

Contact Known() {
  Contact contact;
  contact.given_name = "Robert";
  contact.job_title = "Clerk";
  contact.birth_date = "1980-02-29";
  contact.emails = {Value("a", true)};
  contact.custom_fields = {{"size", "38"}};
  contact.source = Source{.channel = "shop"};
  return contact;
}

TEST(Absorb, ACaptureAddsAndRefreshes) {
  Contact capture;
  capture.given_name = "Bob";
  capture.family_name = "Martin";
  capture.job_title = "Director";
  capture.emails = {Value("a", true), Value("b")};
  capture.phones = {Value("1", true)};
  capture.tags = {"vip"};
  capture.custom_fields = {{"size", "39"}, {"colour", "\"red\""}};
  capture.source = Source{.channel = "web"};
  const Absorbed absorbed = Absorb(Known(), capture, AbsorbPolicy::kRefresh);
  EXPECT_TRUE(absorbed.changed);
  EXPECT_FALSE(absorbed.left_out);
  EXPECT_EQ(absorbed.contact.given_name, "Robert");
  EXPECT_EQ(absorbed.contact.family_name, "Martin");
  EXPECT_EQ(absorbed.contact.job_title, "Director");
  EXPECT_THAT(absorbed.contact.emails, ElementsAre(Value("a", true), Value("b")));
  EXPECT_THAT(absorbed.contact.phones, ElementsAre(Value("1", true)));
  EXPECT_EQ(absorbed.contact.custom_fields.at("size"), "39");
  EXPECT_EQ(absorbed.contact.custom_fields.at("colour"), "\"red\"");
  EXPECT_EQ(absorbed.contact.source->channel, "shop");
}

TEST(Absorb, AnotherBirthDateIsLeftToAPerson) {
  Contact capture;
  capture.birth_date = "1981-01-01";
  const Absorbed absorbed = Absorb(Known(), capture, AbsorbPolicy::kRefresh);
  EXPECT_TRUE(absorbed.left_out);
  EXPECT_FALSE(absorbed.changed);
}

TEST(Absorb, WhatFillsOnlyTheEmptyOverwritesNothing) {
  Contact capture;
  capture.job_title = "Director";
  capture.emails = {Value("b", true)};
  capture.phones = {Value("1", true)};
  capture.custom_fields = {{"size", "39"}, {"colour", "\"red\""}};
  const Absorbed absorbed = Absorb(Known(), capture, AbsorbPolicy::kFillEmpty);
  EXPECT_TRUE(absorbed.left_out);
  EXPECT_EQ(absorbed.contact.job_title, "Clerk");
  EXPECT_EQ(absorbed.contact.emails, Known().emails);
  EXPECT_THAT(absorbed.contact.phones, SizeIs(1));
  EXPECT_EQ(absorbed.contact.custom_fields.at("size"), "38");
  EXPECT_EQ(absorbed.contact.custom_fields.at("colour"), "\"red\"");
}

TEST(Absorb, WhatIsKnownChangesNothing) {
  const Absorbed absorbed = Absorb(Known(), Known(), AbsorbPolicy::kFillEmpty);
  EXPECT_FALSE(absorbed.changed);
  EXPECT_FALSE(absorbed.left_out);
}

TEST(Absorb, AFullListTakesNoMore) {
  Contact known;
  for (size_t i = 0; i < kMaxReachable; ++i) known.emails.push_back(Value(std::to_string(i)));
  Contact capture;
  capture.emails = {Value("new")};
  const Absorbed absorbed = Absorb(known, capture, AbsorbPolicy::kRefresh);
  EXPECT_TRUE(absorbed.left_out);
  EXPECT_THAT(absorbed.contact.emails, SizeIs(kMaxReachable));
}

TEST(Consents, AnEqualOneTakesTheNewerTime) {
  Contact contact;
  const absl::Time then = absl::FromUnixSeconds(1);
  const absl::Time now = absl::FromUnixSeconds(2);
  const std::vector<Consent> both = {{.purpose = "a"}, {.purpose = "b"}};
  ASSERT_TRUE(AddConsents(both, then, contact));
  ASSERT_TRUE(AddConsents({both.data(), 1}, now, contact));
  ASSERT_THAT(contact.consents, SizeIs(2));
  EXPECT_EQ(contact.consents[0].purpose, "a");
  EXPECT_EQ(contact.consents[0].time, now);
  EXPECT_EQ(contact.consents[1].time, then);
}

TEST(Consents, HaveABound) {
  Contact contact;
  for (size_t i = 0; i <= kMaxConsents; ++i) {
    const std::vector<Consent> one = {{.purpose = std::to_string(i)}};
    EXPECT_EQ(AddConsents(one, absl::UnixEpoch(), contact), i < kMaxConsents);
  }
}

}  // namespace
}  // namespace limpid::contact
