#include "verify-svc/email/smtp/reply_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/text/unicode.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReplyWords, LeaveCodesUrlsAndAddressesAside) {
  EXPECT_THAT(
      ReplyWords("<jean@example.org>: User doesn't EXIST, see https://example.org/spam 550-5.1.1 (#5.1.1)"),
      ElementsAre("@", "user", "doesnt", "exist", "see"));
  EXPECT_THAT(ReplyWords("Destinataire refusé"), ElementsAre("destinataire", "refuse"));
  EXPECT_THAT(ReplyWords(": User unknown"), ElementsAre("<>", "user", "unknown"));
  EXPECT_THAT(ReplyWords(""), ElementsAre());
}

TEST(MaskedReplyText, ShowsNoAddress) {
  EXPECT_EQ(MaskedReplyText("<jean.dupont@example.org>: unknown", "jean.dupont"),
            "<***@example.org>: unknown");
  EXPECT_EQ(MaskedReplyText("no \"jean dupont\"@example.org here", "\"jean dupont\""),
            "no ***@example.org here");
  EXPECT_EQ(MaskedReplyText("bounce+jean=x.org@example.net", "other"), "***@example.net");
}

TEST(MaskedReplyText, ShowsNoLocalPartThatStandsAlone) {
  EXPECT_EQ(MaskedReplyText("User Jean.Dupont unknown, JEAN.DUPONT%40example.org", "jean.dupont"),
            "User *** unknown, ***%40example.org");
  EXPECT_EQ(MaskedReplyText("jeannette is not meant", "jean"), "jeannette is not meant");
}

TEST(MaskedReplyText, IsTextWhateverCameIn) {
  const std::string masked =
      MaskedReplyText(std::string("\xff\x00\x1b[31m\xe9", 8) + std::string(2000, '\xc3'), "x");
  EXPECT_TRUE(text::IsValidUtf8(masked));
  EXPECT_LE(masked.size(), 512U);
  EXPECT_THAT(masked, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace limpid::verify
