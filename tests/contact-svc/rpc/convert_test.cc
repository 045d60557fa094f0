#include "contact-svc/rpc/convert.h"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/message_differencer.h"

#include "libs/base/error.h"

namespace limpid::contact {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::Time At(int64_t second) { return absl::FromUnixSeconds(second) + absl::Microseconds(7); }

ReachableValue Reachable(std::string_view status, std::string_view type) {
  return {
      .value = "v",
      .normalized = "n",
      .match_key = "k",
      .primary = true,
      .verdict =
          Assessment{.status = std::string(status), .reason = "R", .score = 40, .type = std::string(type)},
      .verify_time = At(5),
      .source = "newsletter",
      .provenance = {.origin = Origin::kImport, .time = At(6), .detail = "d"},
      .confidence = 0.75};
}

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
  contact.emails = {Reachable("RISKY", "")};
  contact.phones = {Reachable("VALID", "MOBILE")};
  contact.postal_addresses = {{.value = {.region_code = "FR",
                                         .postal_code = "75002",
                                         .locality = "Paris",
                                         .address_lines = {"12 rue", "2e"},
                                         .commune_code = "75102",
                                         .department_code = "75",
                                         .department = "Paris",
                                         .administrative_area_code = "11",
                                         .administrative_area = "Île-de-France"},
                               .primary = true,
                               .source = "web",
                               .provenance = {.origin = Origin::kCapture, .time = At(3), .detail = "d"}}};
  contact.company = {.display_name = "X", .domain = "x.example"};
  contact.job_title = "Director";
  contact.external_ids = {{"crm", "1"}};
  contact.tags = {"vip"};
  contact.custom_fields = {{"size", "38"}, {"deep", R"({"a":[1,null,"x"]})"}};
  contact.source = Source{.channel = "web", .campaign = "c", .form = "f", .url = "u"};
  contact.consents = {{.purpose = "p",
                       .channel = "EMAIL",
                       .notice_version = "2",
                       .proof_type = "t",
                       .proof_reference = "r",
                       .time = At(9)}};
  return contact;
}

// Paths of the fields that nothing has set, so that a forgotten one is noticed.
void AddUnset(const Message& message, const std::string& prefix, std::set<std::string>& unset) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  if (type.file()->package() != "limpid.contact.v1" && type.file()->package() != "limpid.type.v1") return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    const std::string path = prefix + field.name();
    if (field.is_repeated()) {
      if (reflection.FieldSize(message, &field) == 0) {
        unset.insert(path);
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field.is_map()) {
        AddUnset(reflection.GetRepeatedMessage(message, &field, 0), path + ".", unset);
      }
    } else if (!reflection.HasField(message, &field)) {
      unset.insert(path);
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      AddUnset(reflection.GetMessage(message, &field), path + ".", unset);
    }
  }
}

std::set<std::string> Unset(const Message& message) {
  std::set<std::string> unset;
  AddUnset(message, "", unset);
  return unset;
}

TEST(Convert, NoFieldOfAContactIsForgotten) {
  v1::Contact out;
  ToProto(Full(), out);
  EXPECT_THAT(Unset(out), IsEmpty());
  EXPECT_EQ(out.name(), "contacts/c1");
  EXPECT_EQ(out.etag(), EtagOf(Full()));
  EXPECT_EQ(out.update_time().seconds(), -2);
  EXPECT_EQ(out.update_time().nanos(), 7'000);
  EXPECT_EQ(out.emails(0).verdict().status(), type::v1::EmailStatus::RISKY);
  EXPECT_EQ(out.phones(0).verdict().type(), "MOBILE");
  EXPECT_EQ(out.phones(0).provenance().origin(), "IMPORT");
}

TEST(Convert, WhatACallerWritesIsReadBack) {
  v1::Contact out;
  ToProto(Full(), out);
  ErrorCollector errors;
  const Contact back = FromProto(out, OutputOnlyFields::kIgnored, errors);
  EXPECT_TRUE(errors.empty());
  v1::Contact again;
  ToProto(back, again);
  // Everything that the server sets is gone, the rest is equal.
  v1::Contact expected = out;
  expected.clear_name();
  expected.clear_etag();
  expected.clear_create_time();
  expected.clear_update_time();
  expected.clear_consents();
  const auto keep_given = [](auto& value, auto& from) {
    value.Clear();
    *value.mutable_value() = from.value();
    value.set_primary(from.primary());
  };
  for (auto* contact : {&expected, &again}) {
    const v1::Contact copy = *contact;
    keep_given(*contact->mutable_emails(0), copy.emails(0));
    keep_given(*contact->mutable_phones(0), copy.phones(0));
    keep_given(*contact->mutable_postal_addresses(0), copy.postal_addresses(0));
  }
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(again, expected)) << again.DebugString();
}

TEST(Convert, FieldsThatTheServerSetsAreRefusedWhereACallerBelievesToSetThem) {
  v1::Contact out;
  ToProto(Full(), out);
  ErrorCollector errors;
  FromProto(out, OutputOnlyFields::kRefused, errors);
  std::vector<std::string> fields;
  for (const FieldViolation& violation : errors.violations()) fields.push_back(violation.field);
  for (const char* field : {"name", "etag", "create_time", "update_time", "consents", "emails[0].verdict",
                            "phones[0].normalized", "postal_addresses[0].provenance"}) {
    EXPECT_THAT(fields, Contains(field));
  }
}

TEST(Convert, ACustomFieldThatJsonCannotHoldIsRefused) {
  v1::Contact in;
  (*in.mutable_custom_fields())["nothing"];
  ErrorCollector errors;
  FromProto(in, OutputOnlyFields::kRefused, errors);
  ASSERT_EQ(errors.violations().size(), 1u);
  EXPECT_EQ(errors.violations()[0].field, "custom_fields");
}

TEST(Convert, ConsentsGoBothWays) {
  v1::Contact out;
  ToProto(Full(), out);
  Consent expected = Full().consents[0];
  expected.time = {};
  EXPECT_EQ(FromProto(out.consents(0)), expected);
}

TEST(Convert, NoFieldOfAMatchIsForgotten) {
  const Match match{.contact = Full(),
                    .probability = 0.9,
                    .decision = MatchDecision::kReview,
                    .waterfall = {{"email", "EXACT", "l", "r", 2, "note"}},
                    .guards = {"NAME_CONFLICT"}};
  v1::Match out;
  ToProto(match, out);
  EXPECT_THAT(Unset(out), IsEmpty());
  EXPECT_EQ(out.decision(), v1::Match::Decision::REVIEW);
}

TEST(Convert, NoFieldOfAHeldCaptureIsForgotten) {
  const HeldCapture capture{.id = "h1",
                            .create_time = At(1),
                            .contact = Full(),
                            .consents = Full().consents,
                            .candidates = {ContactId("a")},
                            .reason = "NAME_CONFLICT"};
  v1::HeldCapture out;
  ToProto(capture, out);
  EXPECT_THAT(Unset(out), IsEmpty());
  EXPECT_EQ(out.name(), "heldCaptures/h1");
  EXPECT_THAT(std::vector<std::string>(out.candidates().begin(), out.candidates().end()),
              ElementsAre("contacts/a"));
}

TEST(Convert, NoFieldOfARecordedCaptureIsForgotten) {
  v1::RecordCaptureResponse out;
  ToProto(
      RecordedCapture{
          .outcome = CaptureOutcome::kHeldForReview, .contact = Full(), .held_capture = "h1", .check = "c"},
      out);
  EXPECT_THAT(Unset(out), IsEmpty());
  EXPECT_EQ(out.outcome(), v1::CaptureOutcome::HELD_FOR_REVIEW);
  EXPECT_EQ(out.held_capture(), "heldCaptures/h1");
}

TEST(Convert, AnEventNamesItsTenantOnlyToWhoWatchesAll) {
  const ContactEvents::Record record{.event = {.type = "limpid.contact.created",
                                               .time = At(1),
                                               .tenant = TenantId("acme"),
                                               .contact = ContactId("c1"),
                                               .etag = "e",
                                               .fields = {"emails"},
                                               .causes = {"x"}},
                                     .cursor = "k"};
  v1::ContactEvent out;
  ToProto(record, true, out);
  EXPECT_THAT(Unset(out), IsEmpty());
  out.Clear();
  ToProto(record, false, out);
  EXPECT_THAT(Unset(out), ElementsAre("tenant"));
}

TEST(Convert, NamesHoldTheirCollection) {
  EXPECT_EQ(*IdOf("contacts/c1", kContacts, "name"), "c1");
  EXPECT_EQ(DetailsOf(IdOf("", kContacts, "name").status()).violations.at(0).reason, "REQUIRED");
  for (const char* name : {"c1", "contacts/", "contacts", "heldCaptures/c1", "contacts/a/b", "contactsx/a"}) {
    EXPECT_EQ(DetailsOf(IdOf(name, kContacts, "names[3]").status()).violations.at(0).field, "names[3]")
        << name;
  }
}

}  // namespace
}  // namespace limpid::contact
