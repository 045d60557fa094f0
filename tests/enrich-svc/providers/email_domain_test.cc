#include "enrich-svc/providers/email_domain.h"

#include <string>

#include <gmock/gmock.h>

#include "tests/enrich-svc/providers/quality.h"

namespace limpid::enrich {
namespace {

std::string DomainOf(const std::string& email) {
  const EmailDomainProvider provider(QualityLists());
  std::string domain;
  provider.Ask({}, {.email = email}, [&](absl::StatusOr<Completions> answer) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    if (answer->empty()) return;
    EXPECT_EQ(answer->front().field, Field::kCompanyDomain);
    EXPECT_EQ(answer->front().source, "email-domain");
    domain = answer->front().value;
  });
  return domain;
}

TEST(EmailDomain, ACompanysAddressTellsItsDomain) {
  EXPECT_EQ(DomainOf("jean.dupont@michelin.com"), "michelin.com");
  EXPECT_EQ(DomainOf("Jean.Dupont@Mail.Airbus.Co.UK"), "airbus.co.uk") << "what was registered, not the host";
}

TEST(EmailDomain, AMailboxProviderTellsNothing) {
  for (const std::string email :
       {"jean@gmail.com", "jean@orange.fr", "jean@laposte.net", "jean@outlook.com"}) {
    EXPECT_EQ(DomainOf(email), "") << email;
  }
}

TEST(EmailDomain, ThrowAwayFunctionAndMistypedAddressesTellNothing) {
  for (const std::string email : {"jean@mailinator.com", "contact@michelin.com", "noreply@michelin.com",
                                  "jean@gmial.com", "jean@host.invalid", "jean@", "not an address", ""}) {
    EXPECT_EQ(DomainOf(email), "") << email;
  }
}

}  // namespace
}  // namespace limpid::enrich
