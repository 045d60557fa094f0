#include "libs/quality/email/known_domains.h"

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/quality/email/email_rules.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

std::string Suggestion(std::string_view domain, const KnownDomains* known) {
  static const auto* const rules = new EmailRules(TestData());
  const EmailVerdict verdict = rules->Verify(StrCat("jean@", domain), {.known_domains = known});
  return verdict.did_you_mean ? verdict.did_you_mean->email : "";
}

TEST(KnownDomains, AreSearchedForSlipsBesideThePublicProviders) {
  const KnownDomains known({"Mairie-Lyon.fr", "bücherei.de"});
  EXPECT_EQ(Suggestion("mairie-lyom.fr", &known), "jean@mairie-lyon.fr");
  EXPECT_EQ(Suggestion("mairie-lyon.f", &known), "jean@mairie-lyon.fr");
  EXPECT_EQ(Suggestion("mairie-lyom.fr", nullptr), "") << "nobody else knows it";
  EXPECT_EQ(Suggestion("gmial.com", &known), "jean@gmail.com");
}

TEST(KnownDomains, AreNeverSlipsThemselves) {
  const KnownDomains known({"gmaill.com"});
  EXPECT_EQ(Suggestion("gmaill.com", nullptr), "jean@gmail.com");
  EXPECT_EQ(Suggestion("gmaill.com", &known), "");
  EXPECT_EQ(Suggestion("GMAILL.com", &known), "");
}

TEST(KnownDomains, TakeNoCountryForASlipOfAnother) {
  const KnownDomains known({"acme.com"});
  EXPECT_EQ(Suggestion("acme.fr", &known), "");
}

TEST(KnownDomains, LeaveOutWhatIsNoDomain) {
  const KnownDomains known({"", ".", "fr", ".fr", "acme.", "a b.fr", std::string(300, 'a') + ".fr"});
  EXPECT_TRUE(known.typos().providers().empty());
}

TEST(KnownDomains, AnswerTheCollectedVectors) {
  const EmailRules rules(TestData());
  const KnownDomains known({"emaildomain.com"});
  int rows = 0;
  for (const auto& row : ReadRows("email/typos_mailcheck.tsv")) {
    const EmailVerdict verdict = rules.Verify(row[0], {.known_domains = &known});
    if (row[0].find('@') == std::string::npos) continue;
    ++rows;
    const std::string meant = verdict.did_you_mean ? verdict.did_you_mean->email : "";
    EXPECT_EQ(meant.substr(meant.find('@') + 1), row[1]) << row[0];
  }
  EXPECT_EQ(rows, 13);
}

}  // namespace
}  // namespace limpid::quality
