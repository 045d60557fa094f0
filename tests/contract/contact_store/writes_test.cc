#include <thread>
#include <vector>

#include "tests/contract/contact_store/fixture.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Writes : public ContactStoreTest {};

TEST_F(Writes, AContactIsReadAsItWasAnswered) {
  Contact given = Person("Élodie", "Dupont", "Elodie.Dupont@Example.COM", "06 12 34 56 78");
  given.postal_addresses.push_back({.value = {.region_code = "FR",
                                              .postal_code = "75002",
                                              .locality = "Paris",
                                              .address_lines = {"12 rue de la Paix"}}});
  given.company = {.display_name = "Limpide SARL", .domain = "limpide.example"};
  given.external_ids = {{"crm", "42"}};
  given.tags = {"vip"};
  given.custom_fields = {{"shoe_size", "38"}};
  given.source = Source{.channel = "web", .campaign = "", .form = "newsletter", .url = ""};
  const Contact created = Create(given);
  EXPECT_EQ(created.emails[0].normalized, "Elodie.Dupont@example.com");
  EXPECT_TRUE(created.emails[0].primary);
  EXPECT_EQ(created.phones[0].normalized, "+33612345678");
  EXPECT_EQ(created.phones[0].verdict->status, "VALID");
  EXPECT_EQ(created.create_time, absl::FromUnixMicros(absl::ToUnixMicros(clock_.Now())));
  Reopen();
  EXPECT_EQ(*cases_->get.Run(call_, created.id), created);
}

TEST_F(Writes, AnotherTenantsContactIsNotThere) {
  const Contact created = Create(Person("Jean", "Dupont", "jean@example.org"));
  Call other = call_;
  other.tenant = TenantId("other");
  EXPECT_EQ(cases_->get.Run(other, created.id).status(), NotFound("contact", created.id.value()));
  EXPECT_EQ(cases_->update.Run(other, {.contact = created}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(cases_->erase.Run(other, {.id = created.id}).code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(cases_->find_matches.Run(other, {.person = {.email = "jean@example.org"}}).value(), IsEmpty());
}

TEST_F(Writes, AnIdThatIsTakenIsRefused) {
  ASSERT_TRUE(cases_->create.Run(call_, {.contact = Person("A", "B"), .contact_id = "c-1"}).ok());
  const auto again = cases_->create.Run(call_, {.contact = Person("C", "D"), .contact_id = "c-1"});
  EXPECT_EQ(again.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(All(), SizeIs(1));
}

TEST_F(Writes, AnExternalIdBelongsToOneContact) {
  Contact first = Person("A", "B");
  first.external_ids = {{"crm", "1"}};
  Create(first);
  EXPECT_EQ(cases_->create.Run(call_, {.contact = first}).status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(cases_->create.Run(call_, {.contact = first, .validate_only = true}).status().code(),
            absl::StatusCode::kAlreadyExists);
  Contact second = Create(Person("C", "D"));
  second.external_ids = {{"crm", "1"}};
  EXPECT_EQ(cases_->update.Run(call_, {.contact = second}).status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(All(), SizeIs(2));
}

TEST_F(Writes, AllThatIsWrongIsToldAtOnce) {
  Contact bad = Person(std::string(201, 'x'), "B", "", "");
  bad.emails.push_back({.value = ""});
  bad.birth_date = "2001-02-30";
  const auto refused = cases_->create.Run(call_, {.contact = bad, .contact_id = "1A"});
  std::vector<std::string> fields;
  for (const FieldViolation& violation : DetailsOf(refused.status()).violations)
    fields.push_back(violation.field);
  EXPECT_THAT(fields, ElementsAre("contact_id", "contact.given_name", "contact.birth_date",
                                  "contact.emails[0].value"));
}

TEST_F(Writes, ValidateOnlyStoresNothing) {
  const auto answer = cases_->create.Run(call_, {.contact = Person("A", "B"), .validate_only = true});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->given_name, "A");
  const Contact created = Create(Person("C", "D"));
  Contact change = created;
  change.given_name = "E";
  const auto changed = cases_->update.Run(call_, {.contact = change, .validate_only = true});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->given_name, "E");
  EXPECT_THAT(All(), ElementsAre(created));
}

TEST_F(Writes, AnUpdateChangesWhatItsMaskNames) {
  const Contact created = Create(Person("Jean", "Dupont", "jean@example.org"));
  clock_.Advance(absl::Seconds(1));
  Contact change = Person("Jeannot", "");
  change.id = created.id;
  const auto updated = cases_->update.Run(call_, {.contact = change, .mask = {"given_name", "family_name"}});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->given_name, "Jeannot");
  EXPECT_EQ(updated->family_name, "");
  EXPECT_EQ(updated->emails, created.emails);
  EXPECT_NE(EtagOf(*updated), EtagOf(created));
  EXPECT_EQ(updated->create_time, created.create_time);
  EXPECT_GT(updated->update_time, created.update_time);
  EXPECT_EQ(*cases_->get.Run(call_, created.id), *updated);
}

TEST_F(Writes, AStaleEtagIsRefused) {
  const Contact created = Create(Person("Jean", "Dupont"));
  Contact change = created;
  change.given_name = "Jules";
  ASSERT_TRUE(cases_->update.Run(call_, {.contact = change, .etag = EtagOf(created)}).ok());
  change.given_name = "Julien";
  const auto stale = cases_->update.Run(call_, {.contact = change, .etag = EtagOf(created)});
  EXPECT_EQ(ReasonOf(stale.status()), "ETAG_STALE");
  EXPECT_EQ(ReasonOf(cases_->erase.Run(call_, {.id = created.id, .etag = EtagOf(created)})), "ETAG_STALE");
  EXPECT_EQ(cases_->get.Run(call_, created.id)->given_name, "Jules");
}

TEST_F(Writes, AnUpdateThatChangesNothingLeavesTheEtag) {
  const Contact created = Create(Person("Jean", "Dupont", "jean@example.org", "0612345678"));
  clock_.Advance(absl::Hours(1));
  const auto same = cases_->update.Run(call_, {.contact = created});
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_EQ(*same, created);
}

TEST_F(Writes, UpdatesAtOnceLoseNothing) {
  const Contact created = Create(Person("Jean", "Dupont"));
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([this, i, id = created.id] {
        for (int round = 0; round < 5; ++round) {
          Contact change;
          change.id = id;
          change.custom_fields = {};
          change.job_title = std::to_string(i) + "/" + std::to_string(round);
          const auto updated = cases_->update.Run(call_, {.contact = change});
          EXPECT_TRUE(updated.ok()) << updated.status();
        }
      });
    }
  }
  EXPECT_EQ(cases_->get.Run(call_, created.id)->version, 21);
}

TEST_F(Writes, WhatIsTakenAwayIsNotFoundAnyMore) {
  Contact created = Create(Person("Jean", "Dupont", "old@example.org"));
  created.emails = {{.value = "new@example.org"}};
  ASSERT_TRUE(cases_->update.Run(call_, {.contact = created, .mask = {"emails"}}).ok());
  EXPECT_THAT(Matches({.email = "old@example.org"}), IsEmpty());
  EXPECT_THAT(Matches({.email = "new@example.org"}), SizeIs(1));
}

TEST_F(Writes, ADeletedContactIsGoneWithItsKeys) {
  Contact contact = Person("Jean", "Dupont", "jean@example.org");
  contact.external_ids = {{"crm", "1"}};
  const Contact created = Create(contact);
  ASSERT_TRUE(cases_->erase.Run(call_, {.id = created.id, .etag = EtagOf(created)}).ok());
  EXPECT_EQ(cases_->get.Run(call_, created.id).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Matches({.email = "jean@example.org"}), IsEmpty());
  Create(contact);
}

TEST_F(Writes, UpsertCreatesThenUpdatesTheOneWithTheId) {
  Contact contact = Person("Jean", "Dupont", "jean@example.org");
  contact.external_ids = {{"crm", "1"}};
  const auto first = cases_->upsert.Run(call_, {.contact = contact});
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_TRUE(first->created);
  contact.job_title = "Director";
  contact.external_ids.push_back({"shop", "9"});
  const auto second = cases_->upsert.Run(call_, {.contact = contact, .mask = {"job_title"}});
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_FALSE(second->created);
  EXPECT_EQ(second->contact.id, first->contact.id);
  EXPECT_EQ(second->contact.job_title, "Director");
  contact.external_ids = {{"shop", "9"}};
  const auto third = cases_->upsert.Run(call_, {.contact = contact});
  ASSERT_TRUE(third.ok()) << third.status();
  EXPECT_EQ(third->contact.id, first->contact.id);
  EXPECT_THAT(third->contact.external_ids, SizeIs(2));
  EXPECT_THAT(All(), SizeIs(1));
}

TEST_F(Writes, UpsertRefusesIdsOfTwoContacts) {
  Contact first = Person("A", "B");
  first.external_ids = {{"crm", "1"}};
  Contact second = Person("C", "D");
  second.external_ids = {{"crm", "2"}};
  Create(first);
  Create(second);
  first.external_ids = {{"crm", "1"}, {"crm", "2"}};
  EXPECT_EQ(cases_->upsert.Run(call_, {.contact = first}).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(cases_->upsert.Run(call_, {.contact = Person("A", "B")}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(Writes, UpsertsAtOnceMakeOneContact) {
  Contact contact = Person("Jean", "Dupont");
  contact.external_ids = {{"crm", "1"}};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back([&] {
        const auto done = cases_->upsert.Run(call_, {.contact = contact});
        EXPECT_TRUE(done.ok()) << done.status();
      });
    }
  }
  EXPECT_THAT(All(), SizeIs(1));
}

TEST_F(Writes, ARepeatUnderOneKeyGivesTheFirstAnswer) {
  const Call keyed = Keyed("key");
  const auto first = cases_->create.Run(keyed, {.contact = Person("Jean", "Dupont")});
  ASSERT_TRUE(first.ok()) << first.status();
  Reopen();
  clock_.Advance(absl::Hours(23));
  EXPECT_EQ(*cases_->create.Run(keyed, {.contact = Person("Jean", "Dupont")}), *first);
  EXPECT_THAT(All(), SizeIs(1));
  clock_.Advance(absl::Hours(2));
  EXPECT_NE(cases_->create.Run(keyed, {.contact = Person("Jean", "Dupont")})->id, first->id);
}

TEST_F(Writes, AKeyStandsForOneRequestOfOneTenant) {
  ASSERT_TRUE(cases_->create.Run(Keyed("key", "one"), {.contact = Person("Jean", "Dupont")}).ok());
  const auto reused = cases_->create.Run(Keyed("key", "two"), {.contact = Person("Jean", "Dupont")});
  EXPECT_EQ(ReasonOf(reused.status()), "IDEMPOTENCY_KEY_REUSED");
  EXPECT_EQ(ReasonOf(cases_->erase.Run(Keyed("key", "one"), {.id = ContactId("x")})),
            "IDEMPOTENCY_KEY_REUSED");
  Call other = Keyed("key", "two");
  other.tenant = TenantId("other");
  EXPECT_TRUE(cases_->create.Run(other, {.contact = Person("Jean", "Dupont")}).ok());
}

TEST_F(Writes, AFailureIsNotKept) {
  EXPECT_FALSE(cases_->erase.Run(Keyed("key"), {.id = ContactId("c-1")}).ok());
  ASSERT_TRUE(cases_->create.Run(call_, {.contact = Person("A", "B"), .contact_id = "c-1"}).ok());
  EXPECT_TRUE(cases_->erase.Run(Keyed("key"), {.id = ContactId("c-1")}).ok());
  EXPECT_TRUE(cases_->erase.Run(Keyed("key"), {.id = ContactId("c-1")}).ok());
}

TEST_F(Writes, ManyAtOnceUnderOneKeyMakeOneContactAndEqualAnswers) {
  std::vector<Contact> answers(8);
  {
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < answers.size(); ++i) {
      threads.emplace_back([&, i] {
        const auto answer = cases_->create.Run(Keyed("key"), {.contact = Person("Jean", "Dupont")});
        EXPECT_TRUE(answer.ok()) << answer.status();
        if (answer.ok()) answers[i] = *answer;
      });
    }
  }
  EXPECT_THAT(answers, ::testing::Each(answers.front()));
  EXPECT_THAT(All(), SizeIs(1));
}

TEST_F(Writes, WhatIsKeptForAContactGoesWithIt) {
  const auto created = cases_->create.Run(Keyed("key"), {.contact = Person("Jean", "Dupont")});
  ASSERT_TRUE(created.ok());
  ASSERT_TRUE(cases_->erase.Run(call_, {.id = created->id}).ok());
  std::optional<KeptAnswer> kept;
  ASSERT_TRUE(store_
                  ->Read(call_,
                         [&](ContactReader& reader) {
                           auto found = reader.FindAnswer("key", clock_.Now());
                           if (found.ok()) kept = *found;
                           return found.status();
                         })
                  .ok());
  EXPECT_FALSE(kept.has_value());
}

TEST_F(Writes, BatchGetKeepsTheOrderAndFailsForWhatIsMissing) {
  const Contact a = Create(Person("A", "B"));
  const Contact b = Create(Person("C", "D"));
  const std::vector<ContactId> both = {b.id, a.id, b.id};
  EXPECT_THAT(*cases_->batch_get.Run(call_, both), ElementsAre(b, a, b));
  const std::vector<ContactId> missing = {a.id, ContactId("none")};
  EXPECT_EQ(cases_->batch_get.Run(call_, missing).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace limpid::contact
