#include "libs/quality/email/domain_typo.h"

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/quality/email/email_rules.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

std::optional<DomainGuess> Guess(std::string_view domain) {
  const EmailLists& lists = TestData()->email();
  return GuessDomain(lists.domains().FindChain(domain), lists);
}

struct Case {
  std::string_view typed;
  std::string_view meant;
  SuggestionKind kind;
};

TEST(DomainTypo, FindsSlipsOfProviders) {
  using enum SuggestionKind;
  const Case kCases[] = {
      {"gmial.com", "gmail.com", kDomain},
      {"gmal.com", "gmail.com", kDomain},
      {"gmaill.com", "gmail.com", kDomain},
      {"gnail.com", "gmail.com", kDomain},
      {"gmail.con", "gmail.com", kTld},
      {"gmail.cm", "gmail.com", kTld},
      {"gmail.co", "gmail.com", kTld},
      {"gmail.fr", "gmail.com", kTld},
      {"gmail.comm", "gmail.com", kTld},
      {"gmail.vom", "gmail.com", kTld},
      {"hotmail.f", "hotmail.fr", kTld},
      {"hotmial.fr", "hotmail.fr", kDomain},
      {"hotmal.com", "hotmail.com", kDomain},
      {"hotamil.fr", "hotmail.fr", kDomain},
      {"homail.con", "hotmail.com", kDomain},
      {"hotmail.fr.fr", "hotmail.fr", kTld},
      {"hotmail.com.fr", "hotmail.com", kTld},
      {"otmail.com", "hotmail.com", kDomain},
      {"hotmailco.uk", "hotmail.co.uk", kDomain},
      {"hotmail.couk", "hotmail.co.uk", kDomain},
      {"gmail.c.om", "gmail.com", kDomain},
      {"gmailc.om", "gmail.com", kDomain},
      {"g.mail.com", "gmail.com", kDomain},
      {"g-mail.com", "gmail.com", kDomain},
      {"yaho.ofr", "yahoo.fr", kDomain},
      {"or.ange.fr", "orange.fr", kDomain},
      {"orang.efr", "orange.fr", kDomain},
      {"orange.f", "orange.fr", kTld},
      {"orange.ft", "orange.fr", kTld},
      {"ornage.fr", "orange.fr", kDomain},
      {"orangr.fr", "orange.fr", kDomain},
      {"oramge.fr", "orange.fr", kDomain},
      {"wanado.fr", "wanadoo.fr", kDomain},
      {"wanadooo.fr", "wanadoo.fr", kDomain},
      {"laposte.ney", "laposte.net", kTld},
      {"lapsote.net", "laposte.net", kDomain},
      {"yahou.fr", "yahoo.fr", kDomain},
      {"yahoo.rf", "yahoo.fr", kTld},
      {"yhaoo.fr", "yahoo.fr", kDomain},
      {"outlok.fr", "outlook.fr", kDomain},
      {"outloook.com", "outlook.com", kDomain},
      {"iclould.com", "icloud.com", kDomain},
      {"iclud.com", "icloud.com", kDomain},
      {"protonmial.com", "protonmail.com", kDomain},
      {"sfrr.fr", "sfr.fr", kDomain},
      {"freee.fr", "free.fr", kDomain},
      {"bbbox.fr", "bbox.fr", kDomain},
      {"live.ft", "live.fr", kTld},
      {"hormail.con", "hotmail.com", kDomain},
      {"jotmail.com", "hotmail.com", kDomain},
      {"gmial.com.com", "gmail.com", kDomain},
      {"hotmail.fr.com", "hotmail.fr", kTld},
      {"mail.con", "mail.com", kTld},
  };
  for (const Case& c : kCases) {
    const std::optional<DomainGuess> guess = Guess(c.typed);
    ASSERT_TRUE(guess.has_value()) << c.typed;
    EXPECT_EQ(guess->domain, c.meant) << c.typed;
    EXPECT_GE(guess->confidence, kSureGuess) << c.typed;
    EXPECT_LE(guess->confidence, 1) << c.typed;
    EXPECT_EQ(guess->kind, c.kind) << c.typed;
  }
}

TEST(DomainTypo, PrefersTheProviderThatMorePeopleHave) {
  EXPECT_EQ(Guess("hotmail.hr")->domain, "hotmail.fr") << "not hotmail.gr, though its key is nearer";
  EXPECT_EQ(Guess("yahoo.rom")->domain, "yahoo.com");
  EXPECT_EQ(Guess("lmail.com")->domain, "gmail.com");
}

TEST(DomainTypo, IsFaintWhereTheTypedDomainMayBeMeant) {
  for (const auto& [typed, meant] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"live.co", "live.com"}, {"laposte.ne", "laposte.net"}, {"gmx.om", "gmx.com"}}) {
    const std::optional<DomainGuess> guess = Guess(typed);
    ASSERT_TRUE(guess.has_value()) << typed;
    EXPECT_EQ(guess->domain, meant);
    EXPECT_LT(guess->confidence, kSureGuess) << typed;
  }
}

TEST(DomainTypo, FindsTopLevelDomainsThatDoNotExist) {
  for (const auto& [typed, meant] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"petite-entreprise.cmo", "petite-entreprise.com"},
           {"petite-entreprise.con", "petite-entreprise.com"},
           {"petite-entreprise.rf", "petite-entreprise.fr"},
           {"petite-entreprise.frr", "petite-entreprise.fr"},
           {"petite-entreprise.nte", "petite-entreprise.net"},
           {"petite-entreprise.fr.fr", "petite-entreprise.fr"},
       }) {
    const std::optional<DomainGuess> guess = Guess(typed);
    ASSERT_TRUE(guess.has_value()) << typed;
    EXPECT_EQ(guess->domain, meant);
    EXPECT_GE(guess->confidence, kSureGuess) << typed;
    EXPECT_EQ(guess->kind, SuggestionKind::kTld);
  }
}

TEST(DomainTypo, LeavesRealDomainsAlone) {
  for (const char* domain : {"gmail.com",
                             "mail.com",
                             "email.com",
                             "ymail.com",
                             "gmx.net",
                             "gmx.fr",
                             "hotmail.co.uk",
                             "yahoo.co.jp",
                             "yahoo.fi",
                             "ok.de",
                             "o2.pl",
                             "mailw.com",
                             "orange.com",
                             "orange.be",
                             "laposte.fr",
                             "free.org",
                             "live.org",
                             "sfr.com",
                             "gov.uk",
                             "asso.fr",
                             "fret.fr",
                             "tree.fr",
                             "google.fr",
                             "hotel.com",
                             "mail.fr",
                             "ovh.net",
                             "edf.fr",
                             "bnf.fr",
                             "cnrs.fr",
                             "lycee.fr",
                             "orano.group",
                             "laporte.net",
                             "foo.com.ar",
                             "bar.org.uk",
                             "skynet.be",
                             "mac.com",
                             "proton.me",
                             "wanadoo.com.sn",
                             "sub.gmail.com",
                             "example.com",
                             "a.b.c.d",
                             "entreprise.paris",
                             "gmx.ch",
                             "aim.com",
                             "iana.a",
                             "test.tld",
                             "petite-entreprise.co",
                             "petite-entreprise.cm",
                             "petite-entreprise.om",
                             "hotmail.com.br",
                             "libre.fr",
                             "litre.fr"}) {
    const std::optional<DomainGuess> guess = Guess(domain);
    EXPECT_FALSE(guess.has_value()) << domain << " -> " << guess->domain << " " << guess->confidence;
  }
}

TEST(DomainTypo, NeverTouchesAProviderOrAKnownRealDomain) {
  const EmailLists& lists = TestData()->email();
  lists.domains().ForEach([&](std::string_view domain, uint16_t marks) {
    if ((marks & (kMarkProvider | kMarkReal | kMarkAliasRelay)) == 0) return;
    EXPECT_FALSE(GuessDomain(lists.domains().FindChain(domain), lists).has_value()) << domain;
  });
}

TEST(DomainTypo, AnswersTheExamplesOfMailcheck) {
  const EmailRules rules(TestData());
  const DomainTable& domains = TestData()->email().domains();
  int checked = 0;
  for (const auto& row : ReadRows("email/typos_mailcheck.tsv")) {
    const std::string address = Unescape(row[0]);
    const std::string expected = Unescape(row[1]);
    const EmailVerdict verdict = rules.Verify(address);
    if (expected.empty()) {
      EXPECT_FALSE(verdict.did_you_mean.has_value()) << address;
      continue;
    }
    // Some rows correct towards domains that exist in that project's tests only.
    const bool same_name = address.find(expected.substr(0, expected.find('.'))) != std::string::npos;
    const bool provider = (domains.Find(expected) & kMarkProvider) != 0;
    if (!provider && !same_name) continue;
    if (!provider && expected.ends_with("emaildomain.com")) continue;
    ++checked;
    ASSERT_TRUE(verdict.did_you_mean.has_value()) << address;
    EXPECT_EQ(verdict.did_you_mean->email, StrCat("test@", expected)) << address;
  }
  EXPECT_EQ(checked, 9);
}

}  // namespace
}  // namespace limpid::quality
