#include "verify-svc/email/smtp/dialogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace limpid::verify {
namespace {

constexpr std::string_view kSender = "a@example.org";

TEST(SmtpDialogue, SendsAllAtOnceWhereTheServerTakesThat) {
  SmtpDialogue dialogue({.mail_from = std::string(kSender), .pipelining = true});
  dialogue.AskRecipient("jean@example.fr", false);
  dialogue.AskRecipient("anne@example.fr", false);
  EXPECT_EQ(dialogue.TakeOutput(),
            "MAIL FROM:<a@example.org>\r\nRCPT TO:<jean@example.fr>\r\nRCPT TO:<anne@example.fr>\r\n");
  EXPECT_EQ(dialogue.OnReply({.code = 250})->step, SmtpDialogue::Step::kMail);
  EXPECT_EQ(dialogue.OnReply({.code = 550})->step, SmtpDialogue::Step::kRecipient);
  EXPECT_TRUE(dialogue.Waiting());
}

TEST(SmtpDialogue, WaitsForEachReplyWhereItDoesNot) {
  SmtpDialogue dialogue({.mail_from = std::string(kSender)});
  dialogue.AskRecipient("jean@example.fr", false);
  dialogue.Quit();
  EXPECT_EQ(dialogue.TakeOutput(), "MAIL FROM:<a@example.org>\r\n");
  EXPECT_EQ(dialogue.TakeOutput(), "");
  (void)dialogue.OnReply({.code = 250});
  EXPECT_EQ(dialogue.TakeOutput(), "RCPT TO:<jean@example.fr>\r\n");
  (void)dialogue.OnReply({.code = 250});
  EXPECT_EQ(dialogue.TakeOutput(), "QUIT\r\n");
}

TEST(SmtpDialogue, AsksForTheRandomMailboxInATransactionOfItsOwnAndLeavesNoneOpen) {
  SmtpDialogue dialogue({.mail_from = "", .pipelining = true});
  dialogue.AskRecipient("jean@example.fr", false);
  (void)dialogue.TakeOutput();
  dialogue.AskRandom("zoltan@example.fr");
  EXPECT_EQ(dialogue.TakeOutput(), "RSET\r\nMAIL FROM:<>\r\nRCPT TO:<zoltan@example.fr>\r\nRSET\r\n");
  dialogue.AskRecipient("anne@example.fr", false);
  EXPECT_EQ(dialogue.TakeOutput(), "MAIL FROM:<>\r\nRCPT TO:<anne@example.fr>\r\n");
}

TEST(SmtpDialogue, OpensANewTransactionForTheFirstInternationalMailbox) {
  SmtpDialogue dialogue({.mail_from = std::string(kSender), .pipelining = true, .smtputf8 = true});
  dialogue.AskRecipient("jean@example.fr", false);
  dialogue.AskRecipient("jérôme@example.fr", true);
  dialogue.AskRecipient("anne@example.fr", false);
  EXPECT_EQ(
      dialogue.TakeOutput(),
      "MAIL FROM:<a@example.org>\r\nRCPT TO:<jean@example.fr>\r\nRSET\r\n"
      "MAIL FROM:<a@example.org> SMTPUTF8\r\nRCPT TO:<jérôme@example.fr>\r\nRCPT TO:<anne@example.fr>\r\n");
}

TEST(SmtpDialogue, AsksForNoInternationalMailboxWhereThatIsNotOffered) {
  SmtpDialogue dialogue({.mail_from = std::string(kSender), .pipelining = true});
  EXPECT_FALSE(dialogue.AskRecipient("jérôme@example.fr", true));
  EXPECT_EQ(dialogue.TakeOutput(), "");
}

TEST(SmtpDialogue, HasNoAnswerToWhatNobodyAsked) {
  SmtpDialogue dialogue({.mail_from = std::string(kSender)});
  EXPECT_FALSE(dialogue.OnReply({.code = 250}).has_value());
}

}  // namespace
}  // namespace limpid::verify
