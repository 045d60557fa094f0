#include "libs/quality/email/repair.h"

#include <gmock/gmock.h>

#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

struct Case {
  std::string_view typed;
  std::string_view meant;
  SuggestionKind kind;
};

TEST(RepairAddress, UndoesWhatFormsAndPeopleAdd) {
  using enum SuggestionKind;
  const Case kCases[] = {
      {" jean@orange.fr ", "jean@orange.fr", kDomain},
      {"jean@orange.fr\r\n", "jean@orange.fr", kDomain},
      {"jean.dupont @orange.fr", "jean.dupont@orange.fr", kLocalPart},
      {"jean..dupont@orange.fr", "jean.dupont@orange.fr", kLocalPart},
      {".jean@orange.fr", "jean@orange.fr", kLocalPart},
      {"jean.@orange.fr", "jean@orange.fr", kLocalPart},
      {"jean\u200b@orange.fr", "jean@orange.fr", kLocalPart},
      {"jean(at work)@orange.fr", "jean@orange.fr", kLocalPart},
      {"jean . dupont @ orange . fr", "jean.dupont@orange.fr", kDomain},
      {"Jean Dupont <jean@orange.fr>", "jean@orange.fr", kDomain},
      {"mailto:jean@orange.fr", "jean@orange.fr", kLocalPart},
      {"\"jean@orange.fr\"", "jean@orange.fr", kDomain},
      {"jean@orange,fr", "jean@orange.fr", kDomain},
      {"jean@orange..fr", "jean@orange.fr", kDomain},
      {"jean@orange.fr.", "jean@orange.fr", kDomain},
      {"jean@@orange.fr", "jean@orange.fr", kLocalPart},
      {"jean＠orange.fr", "jean@orange.fr", kDomain},
      {"jean@gmailcom", "jean@gmail.com", kDomain},
      {"jean@gmail", "jean@gmail.com", kDomain},
      {"jean@orangefr", "jean@orange.fr", kDomain},
      {"jean@yahoofr", "jean@yahoo.fr", kDomain},
      {"jean@hotmailcouk", "jean@hotmail.co.uk", kDomain},
      {"jean@gmail-com", "jean@gmail.com", kDomain},
      {"jean@gmail/com", "jean@gmail.com", kDomain},
      {"jean@gmail com", "jean@gmail.com", kDomain},
      {"jean@gmail,com", "jean@gmail.com", kDomain},
      {"jean@gmail.com.", "jean@gmail.com", kDomain},
      {"jean@.gmail.com", "jean@gmail.com", kDomain},
      {"jean@gmialcom", "jean@gmail.com", kDomain},
      {"jean@hotmailf", "jean@hotmail.fr", kDomain},
      {"jean@wanadofr", "jean@wanadoo.fr", kDomain},
      {"jean.dupontgmail.com", "jean.dupont@gmail.com", kDomain},
      {"jean dupont@gmial.com", "jeandupont@gmail.com", kDomain},
  };
  for (const Case& c : kCases) {
    const std::optional<EmailSuggestion> meant = RepairAddress(c.typed, TestData()->email());
    ASSERT_TRUE(meant.has_value()) << c.typed;
    EXPECT_EQ(meant->email, c.meant) << c.typed;
    EXPECT_EQ(meant->kind, c.kind) << c.typed;
    EXPECT_GT(meant->confidence, 0.6) << c.typed;
    EXPECT_LT(meant->confidence, 1) << c.typed;
  }
}

TEST(RepairAddress, DoesNotGuess) {
  for (const char* typed :
       {"", "jean", "jean@", "@orange.fr", "jean@orange.fr, marie@orange.fr", "jean@localhost",
        "jean@serveur", "jean@sfrcom", "call me", "a@b@c", "jean@[192.0.2.1]", "\xff@orange.fr",
        "x@y.invalid", "....", "<>", "a\r\nRCPT TO:<x@orange.fr>@orange.fr", "jean@orange.fr\nmarie",
        "je\x01an@orange.fr", "jean\x7f@orange.fr"}) {
    const std::optional<EmailSuggestion> meant = RepairAddress(typed, TestData()->email());
    EXPECT_FALSE(meant.has_value()) << typed << " -> " << meant->email;
  }
}

}  // namespace
}  // namespace limpid::quality
