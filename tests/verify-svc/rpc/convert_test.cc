#include "verify-svc/rpc/convert.h"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;
using WireDepth = type::v1::Depth;

// Names of the fields, those of messages inside included, that a message leaves empty.
std::vector<std::string> EmptyFields(const google::protobuf::Message& message,
                                     const std::string& prefix = "") {
  std::vector<std::string> empty;
  const auto& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const auto* field = message.GetDescriptor()->field(i);
    const bool set =
        field->is_repeated() ? reflection.FieldSize(message, field) > 0 : reflection.HasField(message, field);
    if (!set) {
      empty.push_back(prefix + field->name());
    } else if (field->message_type() != nullptr &&
               field->message_type()->file()->package() != "google.protobuf") {
      const auto& inner = field->is_repeated() ? reflection.GetRepeatedMessage(message, field, 0)
                                               : reflection.GetMessage(message, field);
      for (std::string& name : EmptyFields(inner, prefix + field->name() + "."))
        empty.push_back(std::move(name));
    }
  }
  return empty;
}

EmailAnswer FullEmailAnswer() {
  EmailAnswer answer{.id = "id",
                     .input = "input",
                     .depth_reached = Depth::kDeep,
                     .check_time = absl::FromUnixNanos(1'800'000'000'000'000'007)};
  quality::EmailVerdict& verdict = answer.verdict;
  verdict.status = quality::EmailStatus::kRisky;
  verdict.reason = "REASON";
  verdict.reasons = {"REASON", "OTHER"};
  verdict.score = 42;
  verdict.confidence = 0.5;
  verdict.address = {.normalized = "jean@bücher.de", .a_labels = "xn--bcher-kva.de", .local_size = 4};
  verdict.did_you_mean = {.email = "meant", .confidence = 0.9, .kind = quality::SuggestionKind::kTld};
  verdict.flags = {.disposable = true,
                   .alias_relay = true,
                   .free = true,
                   .role = true,
                   .no_reply = true,
                   .tagged = true,
                   .catch_all = quality::Ternary::kNo,
                   .mailbox_full = true,
                   .null_mx = true,
                   .implicit_mx = true};
  verdict.evidence.push_back({.step = "RCPT",
                              .host = "mx.example",
                              .code = 550,
                              .enhanced_code = "5.1.1",
                              .text = "no such user",
                              .elapsed = absl::Milliseconds(1500),
                              .cached = true,
                              .source = "source"});
  verdict.data_version = "v7";
  return answer;
}

PhoneAnswer FullPhoneAnswer() {
  PhoneAnswer answer{.id = "id", .input = "input", .check_time = absl::FromUnixSeconds(1'800'000'000)};
  quality::PhoneVerdict& verdict = answer.verdict;
  verdict.status = quality::PhoneStatus::kValid;
  verdict.reasons = {"HAS_EXTENSION"};
  verdict.e164 = "+33612345678";
  verdict.national = "06 12 34 56 78";
  verdict.international = "+33 6 12 34 56 78";
  verdict.rfc3966 = "tel:+33-6-12-34-56-78";
  verdict.extension = "12";
  verdict.calling_code = 33;
  verdict.region_code = "FR";
  verdict.region_candidates = {"FR", "MC"};
  verdict.type = quality::PhoneType::kMobile;
  verdict.line_type = "MOBILE";
  verdict.flags = {"M2M"};
  verdict.reachability = quality::Reachability::kAbsent;
  verdict.ported = quality::Assumption::kAssumedNo;
  verdict.roaming = quality::Assumption::kYes;
  verdict.sms = quality::CanReceive::kYes;
  verdict.voice = quality::CanReceive::kMaybe;
  verdict.suggestions = {{.e164 = "+33600000000", .reason = "WHY", .confidence = 0.7}};
  static constexpr std::string_view kZones[] = {"Europe/Paris", "Europe/Monaco"};
  verdict.carrier_original = "SFR";
  verdict.time_zones = kZones;
  verdict.location = "Paris";
  verdict.metadata_version = "plan-1";
  return answer;
}

TEST(Convert, WritesEveryFieldOfAnEmailVerdictThatFastKnows) {
  v1::EmailVerdict out;
  Write(FullEmailAnswer(), out);
  // Times of the network's answers, what stands in a row that could not be judged, and the one field that an
  // address with an ASCII form cannot have.
  EXPECT_THAT(EmptyFields(out), UnorderedElementsAre("expire_time", "retry_time", "error", "needs_smtputf8"));
  EXPECT_EQ(out.id(), "id");
  EXPECT_EQ(out.input(), "input");
  EXPECT_EQ(out.status(), type::v1::EmailStatus::RISKY);
  EXPECT_EQ(out.reason(), "REASON");
  EXPECT_THAT(out.reasons(), ElementsAre("REASON", "OTHER"));
  EXPECT_EQ(out.score(), 42);
  EXPECT_EQ(out.confidence(), 0.5);
  EXPECT_EQ(out.depth_reached(), WireDepth::DEEP);
  EXPECT_EQ(out.normalized(), "jean@bücher.de");
  EXPECT_EQ(out.ascii(), "jean@xn--bcher-kva.de");
  EXPECT_EQ(out.domain(), "xn--bcher-kva.de");
  EXPECT_EQ(out.did_you_mean().email(), "meant");
  EXPECT_EQ(out.did_you_mean().confidence(), 0.9);
  EXPECT_EQ(out.did_you_mean().kind(), v1::EmailSuggestion::Kind::TLD);
  EXPECT_EQ(out.flags().catch_all(), type::v1::Ternary::NO);
  EXPECT_EQ(out.evidence(0).step(), "RCPT");
  EXPECT_EQ(out.evidence(0).host(), "mx.example");
  EXPECT_EQ(out.evidence(0).code(), 550);
  EXPECT_EQ(out.evidence(0).enhanced_code(), "5.1.1");
  EXPECT_EQ(out.evidence(0).text(), "no such user");
  EXPECT_EQ(out.evidence(0).elapsed().seconds(), 1);
  EXPECT_EQ(out.evidence(0).elapsed().nanos(), 500'000'000);
  EXPECT_EQ(out.evidence(0).source(), "source");
  EXPECT_EQ(out.check_time().seconds(), 1'800'000'000);
  EXPECT_EQ(out.check_time().nanos(), 7);
  EXPECT_EQ(out.data_version(), "v7");
}

TEST(Convert, SaysHowTheScoreCameAbout) {
  EmailAnswer answer = FullEmailAnswer();
  answer.verdict.reasons = {"ROLE"};
  answer.verdict.flags = {.role = true};
  v1::EmailVerdict out;
  Write(answer, out);
  ASSERT_EQ(out.evidence_size(), 2);
  EXPECT_EQ(out.evidence(1).step(), "SCORE");
  EXPECT_EQ(out.evidence(1).text(), "50, ROLE -10");
}

TEST(Convert, SaysWhichAddressesNeedSmtputf8) {
  EmailAnswer answer = FullEmailAnswer();
  answer.verdict.address = {.normalized = "hélène@iana.org", .local_size = 8, .needs_smtputf8 = true};
  v1::EmailVerdict out;
  Write(answer, out);
  EXPECT_TRUE(out.needs_smtputf8());
  EXPECT_EQ(out.normalized(), "hélène@iana.org");
  EXPECT_EQ(out.ascii(), "");
  EXPECT_EQ(out.domain(), "iana.org");
}

TEST(Convert, WritesEachFlagOfAnEmailVerdictInItsOwnField) {
  using Flags = quality::EmailFlags;
  const std::pair<bool Flags::*, bool (v1::EmailFlags::*)() const> cases[] = {
      {&Flags::disposable, &v1::EmailFlags::disposable},
      {&Flags::alias_relay, &v1::EmailFlags::alias_relay},
      {&Flags::free, &v1::EmailFlags::free},
      {&Flags::role, &v1::EmailFlags::role},
      {&Flags::no_reply, &v1::EmailFlags::no_reply},
      {&Flags::tagged, &v1::EmailFlags::tagged},
      {&Flags::mailbox_full, &v1::EmailFlags::mailbox_full},
      {&Flags::null_mx, &v1::EmailFlags::null_mx},
      {&Flags::implicit_mx, &v1::EmailFlags::implicit_mx},
  };
  for (const auto& set : cases) {
    EmailAnswer answer;
    answer.verdict.flags.*set.first = true;
    v1::EmailVerdict out;
    Write(std::move(answer), out);
    for (const auto& read : cases) EXPECT_EQ((out.flags().*read.second)(), read.first == set.first);
  }
}

TEST(Convert, WritesWhatANetworkTold) {
  const absl::Time asked = absl::FromUnixSeconds(1'800'000'000);
  NumberFacts facts;
  facts.reachability = quality::Reachability::kReachable;
  facts.roaming_region = "SE";
  facts.carrier_original = Carrier{.name = "Orange", .mccmnc = "20801"};
  facts.carrier_current = Carrier{.name = "SFR", .mccmnc = "20810"};
  facts.line_type = "NON_FIXED_VOIP";
  facts.sources = {{.name = "smsfactor", .as_of = asked, .cached = true, .cost = "0.004 EUR"}};
  facts.reachability_expires = asked + absl::Hours(72);
  PhoneAnswer answer = FullPhoneAnswer();
  answer.network = std::make_shared<const NumberFacts>(facts);
  v1::PhoneVerdict out;
  Write(std::move(answer), out);
  // What stands in a row that could not be judged.
  EXPECT_THAT(EmptyFields(out), UnorderedElementsAre("error"));
  EXPECT_EQ(out.carrier_original().name(), "Orange");
  EXPECT_EQ(out.carrier_original().mccmnc(), "20801");
  EXPECT_EQ(out.carrier_current().name(), "SFR");
  EXPECT_EQ(out.carrier_current().mccmnc(), "20810");
  EXPECT_EQ(out.line_type(), "NON_FIXED_VOIP");
  EXPECT_EQ(out.roaming_region(), "SE");
  ASSERT_EQ(out.sources_size(), 1);
  EXPECT_EQ(out.sources(0).name(), "smsfactor");
  EXPECT_EQ(out.sources(0).as_of().seconds(), absl::ToUnixSeconds(asked));
  EXPECT_TRUE(out.sources(0).cached());
  EXPECT_EQ(out.sources(0).cost(), "0.004 EUR");
  EXPECT_EQ(out.expire_time().seconds(), absl::ToUnixSeconds(asked + absl::Hours(72)));
}

TEST(Convert, WritesEveryFieldOfAnEntryOfTheHistory) {
  NumberHistory::Entry entry;
  entry.facts.ported = quality::Assumption::kYes;
  entry.facts.carrier_original = Carrier{.name = "Orange", .mccmnc = "20801"};
  entry.facts.carrier_current = Carrier{.name = "SFR", .mccmnc = "20810"};
  entry.facts.sources = {{.name = "smsfactor", .as_of = absl::FromUnixSeconds(5), .cached = true}};
  entry.since_time = absl::FromUnixSeconds(3);
  entry.seen_time = absl::FromUnixSeconds(4);
  v1::PhoneHistoryEntry out;
  Write(entry, out);
  // What is at hand costs nothing.
  EXPECT_THAT(EmptyFields(out), ElementsAre("sources.cost"));
  EXPECT_EQ(out.carrier_original().name(), "Orange");
  EXPECT_EQ(out.carrier_current().mccmnc(), "20810");
  EXPECT_EQ(out.ported(), v1::Ported::YES);
  EXPECT_EQ(out.sources(0).name(), "smsfactor");
  EXPECT_EQ(out.since_time().seconds(), 3);
  EXPECT_EQ(out.seen_time().seconds(), 4);
}

TEST(Convert, LetsAVerdictExpireAtOnceWhenTheNetworkDidNotTell) {
  NumberFacts facts;
  facts.reachability = quality::Reachability::kUnknown;
  PhoneAnswer answer = FullPhoneAnswer();
  answer.network = std::make_shared<const NumberFacts>(facts);
  v1::PhoneVerdict out;
  Write(std::move(answer), out);
  EXPECT_EQ(out.expire_time().seconds(), out.check_time().seconds());
  // And what was not to be asked about depends on the number plan alone.
  answer = FullPhoneAnswer();
  answer.network = std::make_shared<const NumberFacts>();
  v1::PhoneVerdict not_asked;
  Write(std::move(answer), not_asked);
  EXPECT_FALSE(not_asked.has_expire_time());
}

TEST(Convert, WritesEveryFieldOfAPhoneVerdictThatFastKnows) {
  v1::PhoneVerdict out;
  Write(FullPhoneAnswer(), out);
  // What providers tell, and what stands in a row that could not be judged.
  EXPECT_THAT(EmptyFields(out), UnorderedElementsAre("carrier_original.mccmnc", "carrier_current", "sources",
                                                     "expire_time", "error", "roaming_region"));
  EXPECT_EQ(out.carrier_original().name(), "SFR");
  EXPECT_THAT(out.timezones(), ElementsAre("Europe/Paris", "Europe/Monaco"));
  EXPECT_EQ(out.location(), "Paris");
  EXPECT_EQ(out.id(), "id");
  EXPECT_EQ(out.input(), "input");
  EXPECT_EQ(out.status(), type::v1::PhoneStatus::VALID);
  EXPECT_THAT(out.reasons(), ElementsAre("HAS_EXTENSION"));
  EXPECT_EQ(out.e164(), "+33612345678");
  EXPECT_EQ(out.national(), "06 12 34 56 78");
  EXPECT_EQ(out.international(), "+33 6 12 34 56 78");
  EXPECT_EQ(out.rfc3966(), "tel:+33-6-12-34-56-78");
  EXPECT_EQ(out.extension(), "12");
  EXPECT_EQ(out.calling_code(), 33);
  EXPECT_EQ(out.region_code(), "FR");
  EXPECT_THAT(out.region_candidates(), ElementsAre("FR", "MC"));
  EXPECT_EQ(out.type(), v1::PhoneType::MOBILE);
  EXPECT_EQ(out.line_type(), "MOBILE");
  EXPECT_THAT(out.flags(), ElementsAre("M2M"));
  EXPECT_EQ(out.reachability(), v1::Reachability::ABSENT);
  EXPECT_EQ(out.ported(), v1::Ported::ASSUMED_NO);
  EXPECT_EQ(out.roaming(), v1::Ported::YES);
  EXPECT_TRUE(out.can_receive().sms());
  EXPECT_TRUE(out.can_receive().voice());
  EXPECT_EQ(out.suggestions(0).e164(), "+33600000000");
  EXPECT_EQ(out.suggestions(0).reason(), "WHY");
  EXPECT_EQ(out.suggestions(0).confidence(), 0.7);
  EXPECT_EQ(out.metadata_version(), "plan-1");
  EXPECT_EQ(out.check_time().seconds(), 1'800'000'000);
}

TEST(Convert, WritesOfAPersonWhatWasGiven) {
  v1::VerifyPersonResponse out;
  Write({.email = FullEmailAnswer(),
         .phone = FullPhoneAnswer(),
         .email_depth_offered = Depth::kStandard,
         .phone_depth_offered = Depth::kDeep},
        out);
  EXPECT_EQ(out.email().normalized(), "jean@bücher.de");
  EXPECT_EQ(out.phone().e164(), "+33612345678");
  EXPECT_EQ(out.depth_offered(), WireDepth::STANDARD);
  EXPECT_EQ(out.phone_depth_offered(), WireDepth::DEEP);
  v1::VerifyPersonResponse nothing;
  Write(PersonAnswer(), nothing);
  EXPECT_FALSE(nothing.has_email());
  EXPECT_FALSE(nothing.has_phone());
  EXPECT_EQ(nothing.depth_offered(), WireDepth::FAST);
}

// The word of each value of a domain's list is that of the proto's.
template <class Domain, class Wire, class Descriptor, class Convert>
void ExpectSameWords(std::initializer_list<Domain> values, const Descriptor* words, Convert convert) {
  std::set<int> seen;
  for (const Domain value : values) {
    const Wire wire = convert(value);
    EXPECT_EQ(words->FindValueByNumber(wire)->name(), quality::Name(value));
    seen.insert(wire);
  }
  EXPECT_EQ(static_cast<int>(seen.size()), words->value_count() - 1) << "all but UNSPECIFIED";
}

TEST(Convert, KeepsTheWordsOfClosedLists) {
  using enum quality::PhoneType;
  ExpectSameWords<quality::PhoneType, v1::PhoneType::Value>(
      {kUnknown, kFixedLine, kMobile, kFixedLineOrMobile, kTollFree, kPremiumRate, kSharedCost, kVoip,
       kPersonalNumber, kPager, kUan, kVoicemail},
      v1::PhoneType::Value_descriptor(), [](quality::PhoneType type) {
        PhoneAnswer answer;
        answer.verdict.type = type;
        v1::PhoneVerdict out;
        Write(std::move(answer), out);
        return out.type();
      });
  ExpectSameWords<quality::Reachability, v1::Reachability::Value>(
      {quality::Reachability::kNotChecked, quality::Reachability::kReachable, quality::Reachability::kAbsent,
       quality::Reachability::kUnassigned, quality::Reachability::kBarred, quality::Reachability::kUnknown},
      v1::Reachability::Value_descriptor(), [](quality::Reachability reachability) {
        PhoneAnswer answer;
        answer.verdict.reachability = reachability;
        v1::PhoneVerdict out;
        Write(std::move(answer), out);
        return out.reachability();
      });
  ExpectSameWords<quality::Assumption, v1::Ported::Value>(
      {quality::Assumption::kUnknown, quality::Assumption::kYes, quality::Assumption::kNo,
       quality::Assumption::kAssumedYes, quality::Assumption::kAssumedNo},
      v1::Ported::Value_descriptor(), [](quality::Assumption assumption) {
        PhoneAnswer answer;
        answer.verdict.ported = assumption;
        v1::PhoneVerdict out;
        Write(std::move(answer), out);
        return out.ported();
      });
  ExpectSameWords<quality::PhoneStatus, type::v1::PhoneStatus::Value>(
      {quality::PhoneStatus::kValid, quality::PhoneStatus::kRisky, quality::PhoneStatus::kInvalid,
       quality::PhoneStatus::kUnknown},
      type::v1::PhoneStatus::Value_descriptor(), [](quality::PhoneStatus status) {
        PhoneAnswer answer;
        answer.verdict.status = status;
        v1::PhoneVerdict out;
        Write(std::move(answer), out);
        return out.status();
      });
  ExpectSameWords<quality::EmailStatus, type::v1::EmailStatus::Value>(
      {quality::EmailStatus::kDeliverable, quality::EmailStatus::kRisky, quality::EmailStatus::kUndeliverable,
       quality::EmailStatus::kUnknown},
      type::v1::EmailStatus::Value_descriptor(), [](quality::EmailStatus status) {
        EmailAnswer answer;
        answer.verdict.status = status;
        v1::EmailVerdict out;
        Write(std::move(answer), out);
        return out.status();
      });
  ExpectSameWords<quality::Ternary, type::v1::Ternary::Value>(
      {quality::Ternary::kUnknown, quality::Ternary::kYes, quality::Ternary::kNo},
      type::v1::Ternary::Value_descriptor(), [](quality::Ternary value) {
        EmailAnswer answer;
        answer.verdict.flags.catch_all = value;
        v1::EmailVerdict out;
        Write(std::move(answer), out);
        return out.flags().catch_all();
      });
  ExpectSameWords<quality::SuggestionKind, v1::EmailSuggestion::Kind::Value>(
      {quality::SuggestionKind::kDomain, quality::SuggestionKind::kTld, quality::SuggestionKind::kLocalPart},
      v1::EmailSuggestion::Kind::Value_descriptor(), [](quality::SuggestionKind kind) {
        EmailAnswer answer;
        answer.verdict.did_you_mean = {.kind = kind};
        v1::EmailVerdict out;
        Write(std::move(answer), out);
        return out.did_you_mean().kind();
      });
}

TEST(Convert, ReadsEveryFieldOfARequest) {
  v1::VerifyPhoneRequest phone;
  phone.set_id("id");
  phone.set_phone("0612345678");
  phone.set_default_region("FR");
  phone.set_depth(WireDepth::STANDARD);
  phone.mutable_budget()->set_seconds(1);
  phone.mutable_budget()->set_nanos(500'000'000);
  ASSERT_THAT(EmptyFields(phone), ElementsAre());
  const PhoneQuery query = ReadQuery(phone).value();
  EXPECT_EQ(query.id, "id");
  EXPECT_EQ(query.phone, "0612345678");
  EXPECT_EQ(query.default_region, "FR");
  EXPECT_EQ(query.depth, Depth::kStandard);
  EXPECT_EQ(query.budget, absl::Milliseconds(1500));

  v1::VerifyEmailRequest email;
  email.set_id("id");
  email.set_email("a@b.fr");
  email.set_depth(WireDepth::DEEP);
  email.mutable_budget()->set_seconds(2);
  ASSERT_THAT(EmptyFields(email), ElementsAre());
  const EmailQuery email_query = ReadQuery(email).value();
  EXPECT_EQ(email_query.id, "id");
  EXPECT_EQ(email_query.email, "a@b.fr");
  EXPECT_EQ(email_query.depth, Depth::kDeep);
  EXPECT_EQ(email_query.budget, absl::Seconds(2));

  v1::VerifyPersonRequest person;
  person.set_email("a@b.fr");
  person.set_phone("0612345678");
  person.set_default_region("FR");
  person.set_depth(WireDepth::FAST);
  person.mutable_budget()->set_seconds(3);
  person.set_home_region("BE");
  person.set_usual_region("CH");
  ASSERT_THAT(EmptyFields(person), ElementsAre());
  const PersonQuery person_query = ReadQuery(person).value();
  EXPECT_EQ(person_query.email, "a@b.fr");
  EXPECT_EQ(person_query.phone, "0612345678");
  EXPECT_EQ(person_query.default_region, "FR");
  EXPECT_EQ(person_query.budget, absl::Seconds(3));
  EXPECT_EQ(person_query.likely_regions.home, "BE");
  EXPECT_EQ(person_query.likely_regions.usual, "CH");
}

TEST(Convert, LeavesOutOfAQueryWhatWasNotGiven) {
  const EmailQuery query = ReadQuery(v1::VerifyEmailRequest()).value();
  EXPECT_EQ(query.depth, Depth::kFast);
  EXPECT_FALSE(query.budget.has_value());
}

TEST(Convert, NamesWhatCannotBeReadTogetherWithWhatTheDomainRefuses) {
  v1::VerifyEmailRequest request;
  request.set_depth(static_cast<WireDepth::Value>(77));
  request.mutable_budget()->set_seconds(1);
  request.mutable_budget()->set_nanos(-1);
  std::vector<std::string> faults;
  for (const FieldViolation& violation : DetailsOf(ReadQuery(request).status()).violations) {
    faults.push_back(violation.field + " " + violation.reason);
  }
  EXPECT_THAT(faults, ElementsAre("depth UNKNOWN_VALUE", "budget INVALID_FORMAT", "email REQUIRED"));
  request.mutable_budget()->set_nanos(1'000'000'000);
  EXPECT_FALSE(ReadQuery(request).ok());
}

TEST(Convert, WritesTheFaultOfARow) {
  v1::VerifyEmailRequest request;
  request.set_id("row 7");
  request.set_email(std::string(2000, 'x'));
  const absl::Status fault = Check(EmailQuery{.id = request.id(), .email = request.email()});
  v1::EmailVerdict verdict;
  WriteFault(fault, request, verdict);
  EXPECT_EQ(verdict.id(), "row 7");
  EXPECT_EQ(verdict.input(), request.email());
  EXPECT_EQ(verdict.error().code(), "INVALID_ARGUMENT");
  EXPECT_EQ(verdict.error().reason(), ReasonOf(fault));
  ASSERT_EQ(verdict.error().errors_size(), 1);
  EXPECT_EQ(verdict.error().errors(0).field(), "email");
  EXPECT_EQ(verdict.error().errors(0).reason(), reason::kTooLong);
  EXPECT_FALSE(verdict.error().errors(0).message().empty());
  v1::PhoneVerdict phone;
  v1::VerifyPhoneRequest phone_request;
  phone_request.set_id("row 8");
  phone_request.set_phone("x");
  WriteFault(fault, phone_request, phone);
  EXPECT_EQ(phone.id(), "row 8");
  EXPECT_EQ(phone.input(), "x");
  EXPECT_TRUE(phone.has_error());
}

}  // namespace
}  // namespace limpid::verify
