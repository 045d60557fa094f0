#include <thread>
#include <vector>

#include "tests/contract/contact_store/fixture.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Captures : public ContactStoreTest {};

TEST_F(Captures, SomebodyNewIsCreated) {
  const auto recorded = Capture(Person("Jean", "Dupont", "jean.dupont@gmail.com", "06 12 34 56 78"));
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(recorded->outcome, CaptureOutcome::kCreated);
  EXPECT_EQ(recorded->contact->emails[0].provenance.origin, Origin::kCapture);
  EXPECT_THAT(All(), ElementsAre(*recorded->contact));
}

TEST_F(Captures, ThePersonWithAnotherSpellingOfThePhoneIsUpdated) {
  ASSERT_TRUE(Capture(Person("Jean", "Dupont", "jean.dupont@gmail.com", "06 12 34 56 78")).ok());
  const auto again = Capture(Person("Jean", "Dupont", "", "+33 6 12-34-56-78"));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->outcome, CaptureOutcome::kUpdated);
  EXPECT_THAT(again->contact->phones, SizeIs(1));
  EXPECT_THAT(All(), SizeIs(1));
}

TEST_F(Captures, TheSameAddressWithAnotherGivenNameIsHeldAndChangesNothing) {
  const auto first = Capture(Person("Jean", "Dupont", "famille.dupont@gmail.com"));
  const auto second = Capture(Person("Sylvie", "Dupont", "famille.dupont@gmail.com", "0698765432"));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->outcome, CaptureOutcome::kHeldForReview);
  EXPECT_FALSE(second->contact.has_value());
  EXPECT_THAT(All(), ElementsAre(*first->contact));
  const std::vector<HeldCapture> held = Held();
  ASSERT_THAT(held, SizeIs(1));
  EXPECT_EQ(held[0].id, second->held_capture);
  EXPECT_EQ(held[0].reason, "NAME_CONFLICT");
  EXPECT_EQ(held[0].contact.given_name, "Sylvie");
  EXPECT_THAT(held[0].candidates, ElementsAre(first->contact->id));
  ASSERT_TRUE(cases_->delete_held.Run(call_, held[0].id).ok());
  EXPECT_THAT(Held(), IsEmpty());
  EXPECT_EQ(cases_->delete_held.Run(call_, held[0].id).code(), absl::StatusCode::kNotFound);
}

TEST_F(Captures, AKnownMemberOfAHouseholdIsUpdatedThoughAnotherSharesThePhone) {
  ASSERT_TRUE(Capture(Person("Jean", "Dupont", "jean@example.org", "0142685300")).ok());
  Create(Person("Sylvie", "Martin", "sylvie@example.org", "0142685300"));
  const auto recorded = Capture(Person("Sylvie", "Martin", "", "0142685300"));
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(recorded->outcome, CaptureOutcome::kUpdated);
  EXPECT_EQ(recorded->contact->given_name, "Sylvie");
}

TEST_F(Captures, SeveralThatAreThePersonAreLeftApart) {
  Create(Person("Jean", "Dupont", "jean@example.org"));
  Create(Person("Jean", "Dupont", "", "0612345678"));
  const auto recorded = Capture(Person("Jean", "Dupont", "jean@example.org", "0612345678"));
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(recorded->outcome, CaptureOutcome::kHeldForReview);
  EXPECT_EQ(Held().at(0).reason, "SEVERAL_MATCHES");
  EXPECT_THAT(Held().at(0).candidates, SizeIs(2));
  EXPECT_THAT(All(), SizeIs(2));
}

TEST_F(Captures, AnExternalIdDecidesWhateverTheName) {
  Contact known = Person("Jean", "Dupont");
  known.external_ids = {{"crm", "1"}};
  const Contact created = Create(known);
  Contact capture = Person("Robert", "Martin");
  capture.external_ids = {{"crm", "1"}};
  const auto recorded = Capture(capture);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(recorded->outcome, CaptureOutcome::kUpdated);
  EXPECT_EQ(recorded->contact->id, created.id);
  EXPECT_EQ(recorded->contact->given_name, "Jean");
}

TEST_F(Captures, AFormsKeyFillsWhatIsEmptyAndTheRestWaits) {
  const Contact created = Create(Person("Jean", "Dupont", "jean@example.org"));
  Contact capture = Person("Jean", "Dupont", "jean@example.org", "0612345678");
  capture.emails.push_back({.value = "attacker@example.org"});
  const auto recorded = CaptureWithRole(Role::kCapture, capture);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(recorded->outcome, CaptureOutcome::kUpdated);
  EXPECT_EQ(recorded->contact->emails, created.emails);
  EXPECT_EQ(recorded->contact->phones.at(0).normalized, "+33612345678");
  ASSERT_THAT(Held(), SizeIs(1));
  EXPECT_EQ(Held()[0].reason, "VALUES_TO_REVIEW");
  EXPECT_EQ(Held()[0].id, recorded->held_capture);
}

TEST_F(Captures, WhatSaysNothingNewWritesNothing) {
  const auto first = Capture(Person("Jean", "Dupont", "jean@example.org"));
  clock_.Advance(absl::Hours(1));
  const auto second = Capture(Person("Jean", "Dupont", "JEAN@example.org"));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->outcome, CaptureOutcome::kUpdated);
  EXPECT_EQ(*second->contact, *first->contact);
}

TEST_F(Captures, ConsentsAreKeptNewestFirst) {
  Contact person = Person("Jean", "Dupont", "jean@example.org");
  const Consent newsletter{.purpose = "newsletter", .channel = "EMAIL", .notice_version = "2"};
  const Consent sms{.purpose = "offers", .channel = "SMS"};
  ASSERT_TRUE(cases_->record_capture.Run(call_, {.contact = person, .consents = {newsletter}}).ok());
  clock_.Advance(absl::Hours(1));
  const auto recorded = cases_->record_capture.Run(call_, {.contact = person, .consents = {sms}});
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  ASSERT_THAT(recorded->contact->consents, SizeIs(2));
  EXPECT_EQ(recorded->contact->consents[0].purpose, "offers");
  EXPECT_GT(recorded->contact->consents[0].time, recorded->contact->consents[1].time);
}

TEST_F(Captures, FaultsAreToldAtTheirPaths) {
  Contact bad = Person("Jean", "Dupont", "jean@example.org");
  bad.tags = {""};
  const auto refused = cases_->record_capture.Run(call_, {.contact = bad, .consents = {Consent()}});
  std::vector<std::string> fields;
  for (const FieldViolation& violation : DetailsOf(refused.status()).violations)
    fields.push_back(violation.field);
  EXPECT_THAT(fields, ElementsAre("contact.tags[0]", "consents[0].purpose", "consents[0].channel"));
}

TEST_F(Captures, TwoAtOnceOfOnePersonMakeOneContact) {
  for (int round = 0; round < 5; ++round) {
    const std::string email = "person" + std::to_string(round) + "@example.org";
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back([&, i] {
        // Some are found by the address, some by the number.
        const auto recorded = Capture(Person("Jean", "Dupont", i % 3 == 2 ? "" : email,
                                             i % 3 == 1 ? "" : "+3361234500" + std::to_string(round)));
        EXPECT_TRUE(recorded.ok()) << recorded.status();
      });
    }
    threads.clear();
    const auto page = cases_->list.Run(call_, {.filter = "email = \"" + email + "\""});
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_THAT(page->contacts, SizeIs(1));
  }
}

TEST_F(Captures, OneAtOnceWithTheCreationOfItsExternalIdFindsTheContactOrComesFirst) {
  for (int round = 0; round < 10; ++round) {
    Contact person = Person("Jean", "Dupont");
    person.external_ids = {{"crm", std::to_string(round)}};
    const std::jthread creating([&] {
      const auto created = cases_->create.Run(call_, {.contact = person});
      EXPECT_TRUE(created.ok() || absl::IsAlreadyExists(created.status())) << created.status();
    });
    const auto recorded = Capture(person);
    EXPECT_TRUE(recorded.ok()) << recorded.status();
  }
  EXPECT_THAT(All(), SizeIs(10));
}

TEST_F(Captures, OneAtOnceWithAnUpdateThatBringsItsExternalIdFindsTheContactOrComesFirst) {
  for (int round = 0; round < 10; ++round) {
    const Contact known = Create(Person("Jean", "Dupont"));
    Contact person = known;
    person.external_ids = {{"crm", std::to_string(round)}};
    const std::jthread updating([&] {
      const auto updated = cases_->update.Run(call_, {.contact = person, .mask = {"external_ids"}});
      EXPECT_TRUE(updated.ok() || absl::IsAlreadyExists(updated.status())) << updated.status();
    });
    Contact captured = Person("Jean", "Dupont");
    captured.external_ids = person.external_ids;
    const auto recorded = Capture(captured);
    EXPECT_TRUE(recorded.ok()) << recorded.status();
  }
}

TEST_F(Captures, ThoseThatCrossOverTwoContactsAreBothDone) {
  // One finds Jean by his address and Anne by her number, the other the two the other way round: each may
  // hold what the other waits for.
  Create(Person("Jean", "Dupont", "jean@example.org", "0612345678"));
  Create(Person("Anne", "Martin", "anne@example.org", "0698765432"));
  for (int round = 0; round < 3; ++round) {
    const auto capture = [this](const char* email, const char* phone) {
      const auto recorded = Capture(Person("Paul", "Petit", email, phone));
      ASSERT_TRUE(recorded.ok()) << recorded.status();
      EXPECT_EQ(recorded->outcome, CaptureOutcome::kHeldForReview);
    };
    const std::jthread crossing(capture, "jean@example.org", "0698765432");
    capture("anne@example.org", "0612345678");
  }
  EXPECT_THAT(Held(), SizeIs(6));
}

TEST_F(Captures, ARepeatUnderOneKeyGivesTheWholeFirstAnswer) {
  const Call keyed = Keyed("key", "digest");
  EXPECT_EQ(cases_->look_up_capture.Run(keyed).status().code(), absl::StatusCode::kNotFound);
  const Contact person = Person("Jean", "Dupont", "jean@example.org");
  const auto first = cases_->record_capture.Run(keyed, {.contact = person, .check = std::string("\0c", 2)});
  ASSERT_TRUE(first.ok()) << first.status();
  Reopen();
  const auto second = cases_->record_capture.Run(keyed, {.contact = person, .check = "another"});
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->outcome, CaptureOutcome::kCreated);
  EXPECT_EQ(second->check, std::string("\0c", 2));
  EXPECT_EQ(*second->contact, *first->contact);
  const auto looked_up = cases_->look_up_capture.Run(keyed);
  ASSERT_TRUE(looked_up.ok()) << looked_up.status();
  EXPECT_EQ(looked_up->check, first->check);
  EXPECT_EQ(*looked_up->contact, *first->contact);
  EXPECT_EQ(ReasonOf(cases_->look_up_capture.Run(Keyed("key", "other")).status()), "IDEMPOTENCY_KEY_REUSED");
}

TEST_F(Captures, ManyAtOnceUnderOneKeyMakeOneContactAndAllGetTheFirstAnswer) {
  std::vector<RecordedCapture> answers(8);
  {
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < answers.size(); ++i) {
      threads.emplace_back([&, i] {
        // Each has been checked by itself.
        auto answer = cases_->record_capture.Run(
            Keyed("key"),
            {.contact = Person("Jean", "Dupont", "jean@example.org"), .check = std::to_string(i)});
        ASSERT_TRUE(answer.ok()) << answer.status();
        answers[i] = *std::move(answer);
      });
    }
  }
  for (const RecordedCapture& answer : answers) {
    EXPECT_EQ(answer.outcome, CaptureOutcome::kCreated);
    EXPECT_EQ(answer.check, answers.front().check);
    EXPECT_EQ(answer.contact, answers.front().contact);
  }
  EXPECT_THAT(All(), ElementsAre(*answers.front().contact));
}

TEST_F(Captures, OfARefusedOneOnlyTheAnswerIsKept) {
  Contact bad = Person("Jean", "Dupont", "not an address");
  bad.tags = {""};
  const auto refused =
      cases_->record_capture.Run(Keyed("key"), {.contact = bad, .refused = true, .check = "why"});
  ASSERT_TRUE(refused.ok()) << refused.status();
  EXPECT_EQ(refused->outcome, CaptureOutcome::kRefused);
  EXPECT_EQ(cases_->look_up_capture.Run(Keyed("key"))->check, "why");
  EXPECT_THAT(All(), IsEmpty());
}

class FindingMatches : public ContactStoreTest {};

TEST_F(FindingMatches, AnAddressANumberOrAnIdFindsTheirHolder) {
  Contact contact = Person("Jean", "Dupont", "Jean.Dupont+news@GMAIL.com", "0612345678");
  contact.external_ids = {{"crm", "42"}};
  const Contact created = Create(contact);
  Create(Person("Anne", "Martin", "anne@example.org", "0698765432"));
  for (const SearchedPerson& person : std::vector<SearchedPerson>{{.email = "jeandupont@gmail.com"},
                                                                  {.phone = "+33 6 12 34 56 78"},
                                                                  {.external_ids = {{"crm", "42"}}}}) {
    const std::vector<Match> matches = Matches(person);
    ASSERT_THAT(matches, SizeIs(1));
    EXPECT_EQ(matches[0].contact, created);
    EXPECT_EQ(matches[0].decision, MatchDecision::kSame);
  }
  EXPECT_THAT(Matches({.phone = "06 12 34 56 78", .default_region = "BE"}), IsEmpty());
  EXPECT_THAT(Matches({.email = "no address", .phone = "no number"}), IsEmpty());
}

TEST_F(FindingMatches, OnesOwnComeBeforeTheHouseholdsAndPagesAreBounded) {
  const Contact wife = Create(Person("Sylvie", "Dupont", "famille@example.org", "0142685300"));
  const Contact husband = Create(Person("Jean", "Dupont", "famille@example.org", "0142685300"));
  const std::vector<Match> matches = Matches(
      {.email = "famille@example.org", .phone = "0142685300", .given_name = "Jean", .family_name = "Dupont"});
  ASSERT_THAT(matches, SizeIs(2));
  EXPECT_EQ(matches[0].contact.id, husband.id);
  EXPECT_EQ(matches[1].decision, MatchDecision::kReview);
  EXPECT_THAT(matches[1].guards, ElementsAre("NAME_CONFLICT"));
  EXPECT_GT(matches[0].probability, matches[1].probability);
  const auto page =
      cases_->find_matches.Run(call_, {.person = {.email = "famille@example.org"}, .page_size = 1});
  EXPECT_THAT(*page, SizeIs(1));
}

TEST_F(FindingMatches, NothingToLookForIsRefused) {
  EXPECT_EQ(cases_->find_matches.Run(call_, {}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(cases_->find_matches.Run(call_, {.person = {.email = "a@b.fr"}, .page_size = -1}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace limpid::contact
