#include "libs/quality/email/email_lists.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/quality/email/email_rules.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

TEST(EmailLists, FindsEveryListedDomainInAnyCaseAndBelow) {
  const DomainTable& table = TestData()->email().domains();
  const EmailRules rules(TestData());
  int lifted = 0;
  int row = 0;
  for (const char* file :
       {"email/disposable_cc0.txt", "email/disposable_ivolo.txt", "email/disposable_wildcard.txt"}) {
    for (const std::string& domain : ReadDataLines(file)) {
      // Whole verdicts for a sample that reaches every part of the lists, the table for all of it.
      const bool sampled = ++row % 50 == 0;
      std::string upper = domain;
      for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      if (sampled) {
        const bool plain = rules.Verify(StrCat("x@", domain)).flags.disposable;
        EXPECT_EQ(rules.Verify(StrCat("x@", upper)).flags.disposable, plain) << upper;
        EXPECT_EQ(rules.Verify(StrCat("x@mail.", domain)).flags.disposable, plain) << domain;
      }
      const bool ascii = std::all_of(domain.begin(), domain.end(), [](char c) { return (c & 0x80) == 0; });
      if (ascii && (table.Find(domain) & kMarkDisposable) == 0) ++lifted;
    }
  }
  EXPECT_GT(row, 120000);
  // Public suffixes (some stand in two lists), relays and protected institutions.
  EXPECT_LT(lifted, 50);
}

TEST(EmailLists, CallsNoProviderRelayOrSuffixDisposable) {
  const EmailLists& lists = TestData()->email();
  lists.domains().ForEach([](std::string_view domain, uint16_t marks) {
    constexpr uint16_t kNever = kMarkAllowed | kMarkAliasRelay | kMarkSuffix | kMarkProvider;
    EXPECT_FALSE((marks & kMarkDisposable) && (marks & kNever)) << domain;
  });
}

TEST(EmailLists, KnowsEveryRoleThatItWasGiven) {
  for (const char* file : {"email/role_accounts.txt", "email/role_words.txt"}) {
    for (const std::string& word : ReadDataLines(file)) {
      EXPECT_NE(TestData()->email().MailboxOf(word), EmailLists::Mailbox::kPersonal) << word;
    }
  }
}

TEST(EmailLists, AllowedDomainsOutrankTheListsForAllBelow) {
  EmailListTexts texts;
  texts.disposable_cc0 = "news.martin.fr\nmartin.fr\nrelay.fr\nthrow.away.fr\ncom.ar\nx.ck\n";
  texts.allowed_domains = "martin.fr\n";
  texts.alias_relays = "relay.fr\n";
  texts.public_suffixes = "fr\nar\ncom.ar\n*.ck\n// a comment\n";
  const EmailLists lists = EmailLists::Compile(texts).value();
  const auto marks = [&](std::string_view domain) { return lists.domains().FindChain(domain).AnyMarks(); };
  EXPECT_TRUE(marks("news.martin.fr") & kMarkAllowed);
  EXPECT_FALSE(marks("relay.fr") & kMarkDisposable);
  EXPECT_FALSE(marks("com.ar") & kMarkDisposable);
  EXPECT_FALSE(marks("x.ck") & kMarkDisposable);
  EXPECT_TRUE(marks("throw.away.fr") & kMarkDisposable);
}

TEST(EmailLists, SaysWhichLineIsBroken) {
  EmailListTexts texts;
  texts.providers = "# comment\ngmail.com\t100\tdistinctive\nhotmail.com\tmany\t-\n";
  const absl::Status status = EmailLists::Compile(texts).status();
  ASSERT_FALSE(status.ok());
  const ErrorDetails details = DetailsOf(status);
  ASSERT_EQ(details.violations.size(), 1u);
  EXPECT_EQ(details.violations[0].field, "providers");
  EXPECT_EQ(details.violations[0].message, "Line 3 cannot be read.");
}

}  // namespace
}  // namespace limpid::quality
