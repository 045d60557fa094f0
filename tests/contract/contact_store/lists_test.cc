#include <string>
#include <vector>

#include "tests/contract/contact_store/fixture.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class Lists : public ContactStoreTest {
 protected:
  // Given names of all pages of two.
  std::vector<std::string> GivenNames(ListContacts::Input in) {
    std::vector<std::string> names;
    in.page_size = 2;
    for (;;) {
      const auto page = cases_->list.Run(call_, in);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return names;
      for (const Contact& contact : page->contacts) names.push_back(contact.given_name);
      if (page->next_page_token.empty()) return names;
      in.page_token = page->next_page_token;
    }
  }
  void CreateLater(Contact contact) {
    clock_.Advance(absl::Minutes(1));
    Create(std::move(contact));
  }
};

TEST_F(Lists, TheNewestComesFirstAndEveryOneOnce) {
  for (const char* name : {"a", "b", "c", "d", "e"}) CreateLater(Person(name, "X"));
  EXPECT_THAT(GivenNames({}), ElementsAre("e", "d", "c", "b", "a"));
  EXPECT_THAT(GivenNames({.order_by = "create_time"}), ElementsAre("a", "b", "c", "d", "e"));
}

TEST_F(Lists, ContactsOfOneMomentAreNotSkippedBetweenPages) {
  for (const char* name : {"a", "b", "c", "d", "e"}) Create(Person(name, "X"));
  EXPECT_THAT(GivenNames({}), ElementsAre("e", "d", "c", "b", "a"));
  EXPECT_THAT(GivenNames({.order_by = "family_name"}), ElementsAre("a", "b", "c", "d", "e"));
}

TEST_F(Lists, FamilyNamesAreOrderedWithoutCaseAndAccents) {
  CreateLater(Person("1", "Zola"));
  CreateLater(Person("2", "élan"));
  CreateLater(Person("3", "Eluard"));
  CreateLater(Person("4", "DUPONT"));
  EXPECT_THAT(GivenNames({.order_by = "family_name"}), ElementsAre("4", "2", "3", "1"));
  EXPECT_THAT(GivenNames({.order_by = "family_name desc"}), ElementsAre("1", "3", "2", "4"));
}

TEST_F(Lists, WhatWasChangedLastComesFirstByUpdateTime) {
  CreateLater(Person("a", "X"));
  const Contact a = All().front();
  CreateLater(Person("b", "X"));
  clock_.Advance(absl::Minutes(1));
  Contact change = a;
  change.family_name = "Y";
  ASSERT_TRUE(cases_->update.Run(call_, {.contact = change}).ok());
  EXPECT_THAT(GivenNames({.order_by = "update_time desc"}), ElementsAre("a", "b"));
}

TEST_F(Lists, FiltersNarrow) {
  Contact jean = Person("Jean", "Dupont", "jean@example.org", "0612345678");
  jean.tags = {"vip", "paris"};
  CreateLater(jean);
  const std::string between =
      absl::FormatTime(absl::RFC3339_full, clock_.Now() + absl::Seconds(30), absl::UTCTimeZone());
  Contact jeanne = Person("Jeanne", "DUPONT", "jeanne@example.org");
  jeanne.tags = {"vip"};
  CreateLater(jeanne);
  EXPECT_THAT(GivenNames({.filter = "email = \"JEAN@example.org\""}), ElementsAre("Jean"));
  EXPECT_THAT(GivenNames({.filter = "phone = \"+33612345678\""}), ElementsAre("Jean"));
  EXPECT_THAT(GivenNames({.filter = "given_name = jean"}), ElementsAre("Jean"));
  EXPECT_THAT(GivenNames({.filter = "family_name = \"dupont\""}), UnorderedElementsAre("Jean", "Jeanne"));
  EXPECT_THAT(GivenNames({.filter = "tags:vip"}), UnorderedElementsAre("Jean", "Jeanne"));
  EXPECT_THAT(GivenNames({.filter = "tags:vip AND tags:\"paris\""}), ElementsAre("Jean"));
  EXPECT_THAT(GivenNames({.filter = "create_time > \"" + between + "\""}), ElementsAre("Jeanne"));
  EXPECT_THAT(GivenNames({.filter = "create_time<" + between + " AND family_name=dupont"}),
              ElementsAre("Jean"));
  EXPECT_THAT(GivenNames({.filter = "email = \"no address\""}), IsEmpty());
}

TEST_F(Lists, FaultyArgumentsAreAllNamed) {
  const auto refused =
      cases_->list.Run(call_, {.page_size = -1, .page_token = "x", .filter = "shoe = 3", .order_by = "age"});
  EXPECT_THAT(DetailsOf(refused.status()).violations, SizeIs(3));
}

TEST_F(Lists, ATokenIsOfUseForItsOwnListOnly) {
  for (const char* name : {"a", "b", "c"}) Create(Person(name, "X"));
  const auto page = cases_->list.Run(call_, {.page_size = 1});
  ASSERT_TRUE(page.ok());
  const std::string token = page->next_page_token;
  const auto other = cases_->list.Run(call_, {.page_token = token, .filter = "family_name = X"});
  EXPECT_EQ(DetailsOf(other.status()).violations.at(0).reason, "PAGE_TOKEN_INVALID");
  Call stranger = call_;
  stranger.tenant = TenantId("other");
  EXPECT_FALSE(cases_->list.Run(stranger, {.page_token = token}).ok());
}

TEST_F(Lists, HeldCapturesComeOldestFirstPageByPage) {
  Create(Person("Jean", "Dupont", "famille@example.org"));
  for (const char* name : {"Sylvie", "Robert", "Nadia"}) {
    ASSERT_TRUE(Capture(Person(name, "Dupont", "famille@example.org")).ok());
  }
  std::vector<std::string> names;
  std::string token;
  do {
    const auto page = cases_->list_held.Run(call_, {.page_size = 2, .page_token = token});
    ASSERT_TRUE(page.ok()) << page.status();
    for (const HeldCapture& held : page->captures) names.push_back(held.contact.given_name);
    token = page->next_page_token;
  } while (!token.empty());
  EXPECT_THAT(names, ElementsAre("Sylvie", "Robert", "Nadia"));
}

}  // namespace
}  // namespace limpid::contact
