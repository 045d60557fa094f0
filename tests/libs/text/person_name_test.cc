#include "libs/text/person_name.h"

#include <gmock/gmock.h>

namespace limpid::text {
namespace {

TEST(DisplayName, TidiesSpaceAndKeepsHowItWasTyped) {
  EXPECT_EQ(DisplayName("  Élodie  DUPONT\t"), "Élodie DUPONT");
  EXPECT_EQ(DisplayName("E\u0301lodie\u00a0\u2009Dupont"), "Élodie Dupont");
  EXPECT_EQ(DisplayName("Jean\u200b-\u200eLuc"), "Jean-Luc");
  EXPECT_EQ(DisplayName("a\r\nb"), "a b");
  EXPECT_EQ(DisplayName(" \t "), "");
}

TEST(NameKey, IsEqualForTheSpellingsOfOneName) {
  EXPECT_EQ(NameKey("Élodie  DUPONT"), "elodie dupont");
  EXPECT_EQ(NameKey("Jean-Pierre"), "jean pierre");
  EXPECT_EQ(NameKey(" jean  PIERRE "), "jean pierre");
  EXPECT_EQ(NameKey("D’Arc"), NameKey("d'arc"));
  EXPECT_EQ(NameKey("D´Arc"), NameKey("d'arc"));
  EXPECT_EQ(NameKey("J.-P."), "j p");
  EXPECT_EQ(NameKey("\xff\xfe"), "");
}

}  // namespace
}  // namespace limpid::text
