#include "libs/quality/email/email_lists.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/quality/email/address.h"
#include "libs/quality/email/email_rules.h"
#include "libs/quality/email/idna.h"
#include "libs/quality/email/list_files.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

std::string Upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return text;
}

/// Aggregated lists hold some that are no throw-away domains: public suffixes, relays, institutions.
bool IsProtected(std::string_view domain) {
  const DomainTable::Chain chain = TestData()->email().domains().FindChain(domain);
  const bool suffix = chain.PublicSuffix() == domain;
  return suffix || (chain.AnyMarks() & (kMarkAllowed | kMarkAliasRelay)) != 0;
}

TEST(EmailLists, FindsEveryListedDomainInAnySpellingAndBelow) {
  const EmailRules rules(TestData());
  const auto disposable = [&](const std::string& domain) {
    return rules.Verify(StrCat("x@", domain)).flags.disposable;
  };
  int row = 0;
  int lifted = 0;
  int international = 0;
  for (const char* file :
       {"email/disposable_cc0.txt", "email/disposable_ivolo.txt", "email/disposable_wildcard.txt"}) {
    for (const std::string& domain : ReadDataLines(file)) {
      ++row;
      const std::optional<std::string> ascii = ToAsciiDomain(domain);
      if (!ascii || ParseEmail(StrCat("x@", *ascii)).fault) continue;  // No address can have it.
      if (IsProtected(*ascii)) {
        ++lifted;
        EXPECT_FALSE(disposable(*ascii)) << domain;
        continue;
      }
      EXPECT_TRUE(TestData()->email().domains().FindChain(StrCat("a.b.", *ascii)).AnyMarks() &
                  kMarkDisposable)
          << domain;
      const bool has_unicode = ascii->find("xn--") != std::string::npos;
      // Whole verdicts for a sample that reaches every part of the lists, and for each international name.
      if (row % 50 != 0 && !has_unicode) continue;
      EXPECT_TRUE(disposable(*ascii)) << domain;
      EXPECT_TRUE(disposable(Upper(*ascii))) << domain;
      EXPECT_TRUE(disposable(StrCat("mail.", *ascii))) << domain;
      if (has_unicode) {
        ++international;
        EXPECT_TRUE(disposable(ToUnicodeDomain(*ascii))) << domain;
        EXPECT_TRUE(disposable(StrCat("été.", ToUnicodeDomain(*ascii)))) << domain;
      }
    }
  }
  EXPECT_GT(row, 120000);
  EXPECT_GT(international, 10);
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

TEST(EmailLists, StaySmall) {
  const std::string image = CompileEmailLists(ReadEmailListTexts(LIMPID_SOURCE_DIR "/data").value()).value();
  EXPECT_LT(image.size(), std::size_t{8} << 20);
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
