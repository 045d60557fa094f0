#include "contact-svc/storage/contact_record.h"

#include <gmock/gmock.h>

namespace limpid::contact {
namespace {

absl::Time At(int64_t second) { return absl::FromUnixSeconds(second); }

ReachableValue Reachable(std::string_view text) {
  return {.value = std::string(text),
          .normalized = "n",
          .match_key = "k",
          .primary = true,
          .verdict = Assessment{.status = "RISKY", .reason = "ROLE", .score = 40, .type = "MOBILE"},
          .verify_time = At(5),
          .source = "newsletter",
          .provenance = {.origin = Origin::kEnrichment, .time = At(6), .detail = "provider"},
          .confidence = 0.75};
}

// Every member set, so that one that is forgotten is noticed.
Contact Full() {
  Contact contact;
  contact.id = ContactId("c1");
  contact.version = 7;
  contact.create_time = At(1);
  contact.update_time = At(-2);
  contact.given_name = "Zoë";
  contact.family_name = "D'Arc";
  contact.honorific = "Dr";
  contact.birth_date = "1980-02-29";
  contact.emails = {Reachable("a"), {.value = "b"}};
  contact.phones = {Reachable("1")};
  contact.postal_addresses = {{.value = {.region_code = "FR",
                                         .postal_code = "75002",
                                         .locality = "Paris",
                                         .address_lines = {"12 rue", "", "2e"},
                                         .commune_code = "75102",
                                         .department_code = "75",
                                         .department = "Paris",
                                         .administrative_area_code = "11",
                                         .administrative_area = "Île-de-France"},
                               .primary = true,
                               .source = "web",
                               .provenance = {.origin = Origin::kImport, .time = At(3), .detail = "d"}}};
  contact.company = {.display_name = "X", .domain = "x.example"};
  contact.job_title = "Director";
  contact.external_ids = {{"crm", "1"}, {"shop", ""}};
  contact.tags = {"vip", "b"};
  contact.custom_fields = {{"a", "1"}, {"b", ""}};
  contact.source = Source{.channel = "web", .campaign = "c", .form = "f", .url = "u"};
  contact.consents = {{.purpose = "p",
                       .channel = "EMAIL",
                       .notice_version = "2",
                       .proof_type = "t",
                       .proof_reference = "r",
                       .time = At(9)}};
  return contact;
}

TEST(ContactRecord, EveryMemberIsReadBack) {
  const auto read = DecodeContact(EncodeContact(Full()));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, Full());
  EXPECT_EQ(*DecodeContact(EncodeContact(Contact())), Contact());
}

TEST(ContactRecord, HeldCapturesAreReadBack) {
  HeldCapture capture{.contact = Full(),
                      .consents = Full().consents,
                      .candidates = {ContactId("a"), ContactId("b")},
                      .reason = "NAME_CONFLICT"};
  EXPECT_EQ(*DecodeHeldCapture(EncodeHeldCapture(capture)), capture);
}

TEST(ContactRecord, AnswersAreReadBack) {
  const KeptAnswer answer{
      .contact = Full(), .outcome = 4, .held_capture = "h1", .check = std::string("\0\xff", 2)};
  const auto read = DecodeAnswer(EncodeAnswer(answer));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->contact, answer.contact);
  EXPECT_EQ(read->outcome, answer.outcome);
  EXPECT_EQ(read->held_capture, answer.held_capture);
  EXPECT_EQ(read->check, answer.check);
}

TEST(ContactRecord, EventsAreReadBack) {
  const ContactEvent event{.etag = "e", .fields = {"emails", "tags"}, .causes = {"c"}};
  ContactEvent read;
  ASSERT_TRUE(DecodeEvent(EncodeEvent(event), read).ok());
  EXPECT_EQ(read, event);
}

TEST(ContactRecord, TornBytesAreNeverTakenForMore) {
  const std::string whole = EncodeContact(Full());
  int damaged = 0;
  for (size_t size = 0; size < whole.size(); ++size) {
    const auto read = DecodeContact(whole.substr(0, size));
    if (!read.ok()) {
      EXPECT_EQ(read.status().code(), absl::StatusCode::kDataLoss);
      ++damaged;
    } else {
      EXPECT_NE(*read, Full());
    }
  }
  EXPECT_GT(damaged, 0);
}

TEST(ContactRecord, TagsOfALaterReleaseArePassedOver) {
  const std::string later = EncodeContact(Full()) + std::string("\xc1\x0f\x02hi\xc0\x0f\x01", 8);
  const auto read = DecodeContact(later);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, Full());
}

}  // namespace
}  // namespace limpid::contact
