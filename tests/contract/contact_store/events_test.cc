#include <atomic>
#include <latch>
#include <string>
#include <vector>

#include "contact-svc/app/upkeep.h"
#include "tests/contract/contact_store/fixture.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Events : public ContactStoreTest {
 protected:
  std::vector<ContactEvent> Read(std::string_view cursor) {
    const auto batch = store_->Read(call_, cursor);
    EXPECT_TRUE(batch.ok()) << batch.status();
    std::vector<ContactEvent> events;
    if (!batch.ok()) return events;
    for (const auto& record : batch->records) events.push_back(record.event);
    return events;
  }
};

TEST_F(Events, EveryWriteLeavesOne) {
  const Contact created = Create(Person("Jean", "Dupont"));
  Contact change = created;
  change.job_title = "Director";
  const auto updated = cases_->update.Run(call_, {.contact = change});
  ASSERT_TRUE(cases_->erase.Run(call_, {.id = created.id}).ok());
  const std::vector<ContactEvent> events = Read("");
  ASSERT_THAT(events, SizeIs(3));
  EXPECT_EQ(events[0].type, "limpid.contact.created");
  EXPECT_EQ(events[0].contact, created.id);
  EXPECT_EQ(events[0].tenant, call_.tenant);
  EXPECT_EQ(events[0].etag, EtagOf(created));
  EXPECT_THAT(events[0].fields, ElementsAre("given_name", "family_name"));
  EXPECT_EQ(events[1].type, "limpid.contact.updated");
  EXPECT_EQ(events[1].etag, EtagOf(*updated));
  EXPECT_THAT(events[1].fields, ElementsAre("job_title"));
  EXPECT_EQ(events[2].type, "limpid.contact.deleted");
}

TEST_F(Events, WhatFailedLeavesNone) {
  EXPECT_FALSE(cases_->erase.Run(call_, {.id = ContactId("none")}).ok());
  Contact contact = Person("A", "B");
  contact.external_ids = {{"crm", "1"}};
  Create(contact);
  EXPECT_FALSE(cases_->create.Run(call_, {.contact = contact}).ok());
  EXPECT_THAT(Read(""), SizeIs(1));
}

TEST_F(Events, ATenantSeesItsOwnAndAServiceForAllSeesEverything) {
  Create(Person("A", "B"));
  Call other = call_;
  other.tenant = TenantId("other");
  ASSERT_TRUE(cases_->create.Run(other, {.contact = Person("C", "D")}).ok());
  EXPECT_THAT(Read(""), SizeIs(1));
  Call all = call_;
  all.tenant = TenantId();
  EXPECT_THAT(store_->Read(all, "")->records, SizeIs(2));
}

TEST_F(Events, TheEndIsWhereNewOnesBegin) {
  Create(Person("A", "B"));
  const auto end = store_->End(call_);
  ASSERT_TRUE(end.ok()) << end.status();
  EXPECT_THAT(Read(*end), IsEmpty());
  const Contact created = Create(Person("C", "D"));
  Reopen();
  ASSERT_THAT(Read(*end), SizeIs(1));
  EXPECT_EQ(Read(*end)[0].contact, created.id);
}

TEST_F(Events, ASubscriberHearsOfAWrite) {
  std::latch heard(1);
  std::atomic_flag once;
  const auto subscription = store_->Subscribe([&] {
    if (!once.test_and_set()) heard.count_down();
  });
  Create(Person("A", "B"));
  heard.wait();
}

TEST_F(Events, UpkeepDropsWhatWasKeptLongEnough) {
  ASSERT_TRUE(cases_->create.Run(Keyed("old"), {.contact = Person("A", "B")}).ok());
  const std::string cursor = store_->Read(call_, "")->records.at(0).cursor;
  clock_.Advance(absl::Hours(24 * 3));
  ASSERT_TRUE(cases_->create.Run(Keyed("new"), {.contact = Person("C", "D")}).ok());
  Upkeep upkeep({.events_kept = absl::Hours(24 * 2)}, *store_, clock_);
  ASSERT_TRUE(upkeep.Run(Call()).ok());
  ASSERT_TRUE(upkeep.Run(Call()).ok());
  EXPECT_THAT(Read(""), SizeIs(1));
  EXPECT_THAT(Read(cursor), SizeIs(1));
  EXPECT_EQ(cases_->create.Run(Keyed("new"), {.contact = Person("C", "D")})->given_name, "C");
  EXPECT_THAT(All(), SizeIs(2));
}

}  // namespace
}  // namespace limpid::contact
