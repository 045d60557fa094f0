/// What a verdict costs in memory: an address of its own, and nothing that grows.

#include <gmock/gmock.h>

#include "libs/quality/email/email_rules.h"
#include "libs/quality/quality_data.h"
#include "tests/libs/quality/allocations.h"

namespace limpid::quality {
namespace {

const EmailRules& Rules() {
  static const auto* const rules = new EmailRules(QualityData::Load(LIMPID_SOURCE_DIR "/data").value());
  return *rules;
}

int AllocationsFor(std::string_view input) {
  const EmailRules& rules = Rules();
  return AllocationsOf([&] { rules.Verify(input); });
}

TEST(Allocation, AVerdictWithoutAFindingIsItsAddress) {
  EXPECT_EQ(AllocationsFor("jean@orange.fr"), 0) << "fits into the string itself";
  EXPECT_EQ(AllocationsFor("jean.dupont42@gmail.com"), 1);
  EXPECT_EQ(AllocationsFor("Jean.Dupont+news@Une-Entreprise-De-Lyon.co.uk"), 1);
  EXPECT_EQ(AllocationsFor("jean.dupont@mail.notre-mairie.asso.fr"), 1);
}

TEST(Allocation, AFindingCostsItsEvidence) {
  EXPECT_LE(AllocationsFor("jean.dupont42@mailinator.com"), 2) << "the address, the list of evidence";
  EXPECT_LE(AllocationsFor("contact@une-entreprise-de-lyon.fr"), 2);
  EXPECT_LE(AllocationsFor("jean.dupont42@gmial.com"), 6) << "two findings and a suggestion";
}

TEST(Allocation, NothingGrowsWithTheNumberOfVerdicts) {
  const char* const kInputs[] = {"jean.dupont42@gmail.com", "jean.dupont42@gmial.com", "jean@bücher.de",
                                 "jean..d@x.fr", "contact@une-entreprise-de-lyon.fr"};
  for (const char* input : kInputs) {
    const int first = AllocationsFor(input);
    for (int i = 0; i < 1000; ++i) ASSERT_EQ(AllocationsFor(input), first) << input;
  }
}

}  // namespace
}  // namespace limpid::quality
