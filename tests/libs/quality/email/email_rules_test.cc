#include "libs/quality/email/email_rules.h"

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/quality/email/canonical_key.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {

void PrintTo(EmailStatus status, std::ostream* out) { *out << Name(status); }

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

const EmailRules& Rules() {
  static const auto* const rules = new EmailRules(TestData());
  return *rules;
}

EmailVerdict Verify(std::string_view input) { return Rules().Verify(input); }

TEST(EmailRules, AgreesWithTheCollectedVectors) {
  int firm = 0;
  for (const auto& row : ReadRows("email/syntax.tsv")) {
    if (row[7] != "1") continue;
    ++firm;
    const EmailVerdict verdict = Verify(Unescape(row[2]));
    const bool valid = row[5] == "valid";
    EXPECT_EQ(verdict.status != EmailStatus::kUndeliverable, valid)
        << row[0] << " " << row[2] << " " << testing::PrintToString(verdict.reasons);
    if (!valid || verdict.status == EmailStatus::kUndeliverable) continue;
    EXPECT_EQ(verdict.address.normalized, Unescape(row[9])) << row[0];
    EXPECT_EQ(verdict.address.ascii(), Unescape(row[10])) << row[0];
    EXPECT_EQ(verdict.address.needs_smtputf8, row[8] == "1") << row[0];
  }
  EXPECT_GT(firm, 180);
}

TEST(EmailRules, AdmitsQuotedAddressesAsTheCollectedVectorsDo) {
  int rows = 0;
  for (const auto& row : ReadRows("email/syntax.tsv")) {
    // Left out: what no envelope can carry, however it is quoted, and `::` for a single group, which RFC 5321
    // forbids.
    if (row[7] != "1" || row[6] == "-" || row[3] == "invalid" ||
        row[12] == "ISEMAIL_RFC5321_IPV6DEPRECATED") {
      continue;
    }
    ++rows;
    const EmailVerdict verdict = Rules().Verify(Unescape(row[2]), {.admit_quoted = true});
    EXPECT_EQ(verdict.status != EmailStatus::kUndeliverable, row[6] == "valid") << row[0] << " " << row[2];
  }
  EXPECT_GT(rows, 100);
}

TEST(EmailRules, SaysUnknownWhereNothingIsWrong) {
  const EmailVerdict verdict = Verify("Jean.Dupont@entreprise-martin.fr");
  EXPECT_EQ(verdict.status, EmailStatus::kUnknown);
  EXPECT_EQ(verdict.reason, "MAILBOX_NOT_CHECKED");
  EXPECT_THAT(verdict.reasons, ElementsAre("MAILBOX_NOT_CHECKED"));
  EXPECT_EQ(verdict.score, 50);
  EXPECT_EQ(verdict.address.normalized, "Jean.Dupont@entreprise-martin.fr");
  EXPECT_EQ(verdict.address.domain(), "entreprise-martin.fr");
  EXPECT_EQ(CanonicalKey(verdict.address), "jean.dupont@entreprise-martin.fr");
  EXPECT_FALSE(verdict.did_you_mean.has_value());
  EXPECT_THAT(verdict.evidence, IsEmpty());
  EXPECT_EQ(verdict.data_version, TestData()->version());
}

TEST(EmailRules, SaysWhichRuleOfSyntaxIsBrokenAndWhere) {
  const EmailVerdict verdict = Verify("jean..dupont@orange.fr");
  EXPECT_EQ(verdict.status, EmailStatus::kUndeliverable);
  EXPECT_EQ(verdict.reason, "SYNTAX");
  EXPECT_THAT(verdict.reasons, ElementsAre("SYNTAX", "LOCAL_PART_DOT_REPEATED"));
  EXPECT_EQ(verdict.score, 0);
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].step, "SYNTAX");
  EXPECT_THAT(verdict.evidence[0].text, testing::StartsWith("Character 5 (byte 5): "));
  EXPECT_THAT(Verify("hélène..dupont@orange.fr").evidence[0].text,
              testing::StartsWith("Character 7 (byte 9): "));
}

TEST(EmailRules, RefusesReservedDomains) {
  for (const char* input : {"a@x.test", "a@x.invalid", "a@b.localhost", "a@printer.local", "a@abc.onion",
                            "a@1.in-addr.arpa", "a@x.example", "a@gw.internal"}) {
    const EmailVerdict verdict = Verify(input);
    EXPECT_EQ(verdict.status, EmailStatus::kUndeliverable) << input;
    EXPECT_EQ(verdict.reason, "RESERVED_DOMAIN") << input;
    EXPECT_FALSE(verdict.did_you_mean.has_value()) << input;
  }
  EXPECT_EQ(Verify("a@example.com").status, EmailStatus::kUnknown) << "RFC 6761 6.5: like any other";
  EXPECT_EQ(Verify("a@test.com").status, EmailStatus::kUnknown);
}

TEST(EmailRules, FindsDisposableDomainsInAnyCaseAndBelow) {
  for (const char* input : {"a@mailinator.com", "a@MAILINATOR.com", "a@x.y.mailinator.com", "a@yopmail.com",
                            "a@guerrillamail.com", "a@thepiratébay.org", "a@sub.0x01.gq"}) {
    const EmailVerdict verdict = Verify(input);
    EXPECT_EQ(verdict.status, EmailStatus::kRisky) << input;
    EXPECT_EQ(verdict.reason, "DISPOSABLE") << input;
    EXPECT_TRUE(verdict.flags.disposable) << input;
    EXPECT_LE(verdict.score, 20) << input;
    ASSERT_FALSE(verdict.evidence.empty());
    EXPECT_EQ(verdict.evidence[0].source, "disposable");
  }
}

TEST(EmailRules, KeepsRelaysApartFromDisposableMailboxes) {
  for (const char* domain : {"privaterelay.appleid.com", "mozmail.com", "duck.com", "simplelogin.com",
                             "aleeas.com", "anonaddy.com", "jean.anonaddy.me"}) {
    const EmailVerdict verdict = Verify(StrCat("x7f@", domain));
    EXPECT_EQ(verdict.reason, "ALIAS_RELAY") << domain;
    EXPECT_TRUE(verdict.flags.alias_relay) << domain;
    EXPECT_FALSE(verdict.flags.disposable) << domain;
  }
}

TEST(EmailRules, NeverCallsLargeProvidersOrPublicSuffixesDisposable) {
  for (const char* domain :
       {"gmail.com", "google.com", "microsoft.com", "yandex.com", "yandex.ru", "fastmail.com", "orange.fr",
        "laposte.net", "com.ar", "edu.pl", "web.id", "news.hackney.gov.uk", "ddns.net", "proton.me",
        "tutanota.com", "stanford.edu"}) {
    EXPECT_FALSE(Verify(StrCat("x@", domain)).flags.disposable) << domain;
  }
}

TEST(EmailRules, FlagsWhatKindOfMailboxItIs) {
  EXPECT_TRUE(Verify("jean@gmail.com").flags.free);
  EXPECT_TRUE(Verify("jean@caramail.com").flags.free);
  EXPECT_FALSE(Verify("jean@mairie-lyon.fr").flags.free);
  EXPECT_TRUE(Verify("jean+x@gmail.com").flags.tagged);
  EXPECT_FALSE(Verify("+jean@gmail.com").flags.tagged);
  EXPECT_FALSE(Verify("jean@gmail.com").flags.tagged);
}

TEST(EmailRules, RecognisesRolesInFiveLanguages) {
  for (const char* local :
       {"info", "Contact", "sales", "accueil", "facturation", "compta", "secretariat", "mairie",
        "service.client", "service-clients", "ServiceClient+x", "buchhaltung", "kundenservice",
        "atencion-cliente", "ventas", "ufficio.stampa", "amministrazione", "no-reply"}) {
    const EmailVerdict verdict = Verify(StrCat(local, "@entreprise-martin.fr"));
    EXPECT_EQ(verdict.status, EmailStatus::kRisky) << local;
    EXPECT_EQ(verdict.reason, "ROLE") << local;
    EXPECT_TRUE(verdict.flags.role) << local;
    EXPECT_EQ(verdict.score, 40 - (verdict.flags.no_reply ? 10 : 0) - (verdict.flags.tagged ? 2 : 0))
        << local;
  }
  for (const char* local : {"jean.dupont", "marie", "contactjean", "infante", "salesse", "m.mairie2"}) {
    EXPECT_FALSE(Verify(StrCat(local, "@entreprise-martin.fr")).flags.role) << local;
  }
}

TEST(EmailRules, KnowsMailboxesThatNobodyReads) {
  for (const char* local : {"noreply", "no-reply", "No_Reply", "ne-pas-repondre", "donotreply",
                            "keine-antwort", "news-noreply", "noreply-facture", "no.responder"}) {
    EXPECT_TRUE(Verify(StrCat(local, "@banque-martin.fr")).flags.no_reply) << local;
  }
  EXPECT_FALSE(Verify("reply@banque-martin.fr").flags.no_reply);
}

TEST(EmailRules, CorrectsSlipsOfWellKnownProvidersEvenOnListedDomains) {
  const EmailVerdict verdict = Verify("Jean.Dupont@gmial.com");
  EXPECT_EQ(verdict.status, EmailStatus::kRisky);
  EXPECT_EQ(verdict.reason, "DOMAIN_TYPO");
  EXPECT_THAT(verdict.reasons, Contains("DISPOSABLE"));
  ASSERT_TRUE(verdict.did_you_mean.has_value());
  EXPECT_EQ(verdict.did_you_mean->email, "Jean.Dupont@gmail.com");
  EXPECT_GE(verdict.did_you_mean->confidence, 0.8);
  EXPECT_EQ(verdict.did_you_mean->kind, SuggestionKind::kDomain);
}

TEST(EmailRules, FoldsTheSpellingsOfOneMailboxIntoOneKey) {
  EXPECT_EQ(CanonicalKey(Verify("J.Dupont+x@GoogleMail.com").address), "jdupont@gmail.com");
  EXPECT_EQ(CanonicalKey(Verify("jdupont@gmail.com").address), "jdupont@gmail.com");
  EXPECT_EQ(CanonicalKey(Verify("J.Dupont+x@orange.fr").address), "j.dupont@orange.fr");
  EXPECT_EQ(CanonicalKey(Verify("Élodie@orange.fr").address), "élodie@orange.fr");
  EXPECT_EQ(CanonicalKey(Verify("+x@orange.fr").address), "+x@orange.fr");
}

TEST(EmailRules, GivesEveryInputAVerdict) {
  for (const std::string& input :
       {std::string(), std::string(1 << 20, 'a'), std::string("a\0b", 3), std::string("\xff\xfe@\xff"),
        std::string("a@b.fr\r\nBcc: x@y.fr"), std::string("\u202ea@b.fr"), std::string(1 << 20, '.')}) {
    const EmailVerdict verdict = Verify(input);
    EXPECT_EQ(verdict.status, EmailStatus::kUndeliverable);
    EXPECT_EQ(verdict.reason, "SYNTAX");
    EXPECT_EQ(verdict.address.normalized, "");
  }
}

}  // namespace
}  // namespace limpid::quality
