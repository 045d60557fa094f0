#include "libs/text/unicode.h"

#include <gmock/gmock.h>

namespace limpid::text {
namespace {

TEST(Fold, TakesOffCaseAccentsAndLigatures) {
  EXPECT_EQ(Fold("ÉLODIE"), "elodie");
  EXPECT_EQ(Fold("E\u0301lodie"), "elodie");
  EXPECT_EQ(Fold("Œuvre ŁÓDŹ Straße Ærø"), "oeuvre lodz strasse aero");
  EXPECT_EQ(Fold("ﬁn ＡＢ"), "fin ab");
  EXPECT_EQ(Fold("ΣΊΣΥΦΟΣ"), Fold("σίσυφος"));
}

TEST(Nfc, ComposesAndReplacesWhatCannotBeRead) {
  EXPECT_EQ(Nfc("E\u0301"), "É");
  EXPECT_EQ(Nfc("plain"), "plain");
  EXPECT_EQ(Nfc("\xc3"), "\ufffd");
}

TEST(Utf8, TellsValidFromBroken) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("é漢😀"));
  EXPECT_FALSE(IsValidUtf8("\xff"));
  EXPECT_FALSE(IsValidUtf8("\xc0\xaf")) << "overlong";
  EXPECT_FALSE(IsValidUtf8("\xed\xa0\x80")) << "surrogate";
  EXPECT_FALSE(IsValidUtf8("a\xe2\x82")) << "cut short";
}

TEST(FindUnsafe, PointsAtWhatNobodySees) {
  EXPECT_EQ(FindUnsafe("élodie║漢"), std::string_view::npos);
  EXPECT_EQ(FindUnsafe("é\u200bx"), 2u) << "zero-width space";
  EXPECT_EQ(FindUnsafe("\u202ex"), 0u) << "right-to-left override";
  EXPECT_EQ(FindUnsafe("a\u00a0"), 1u) << "no-break space";
  EXPECT_EQ(FindUnsafe("\u0301a"), 0u) << "accent without a letter";
  EXPECT_EQ(FindUnsafe("a\ue000"), 1u) << "private use";
}

}  // namespace
}  // namespace limpid::text
