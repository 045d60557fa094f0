#include "verify-svc/email/smtp/reply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;
using Fault = SmtpReplyReader::Fault;

TEST(SmtpReply, IsReadHoweverItsBytesArrive) {
  const std::string wire =
      "250-mx.example.org\r\n250-PIPELINING\r\n250 SMTPUTF8\r\n550-5.1.1 No such\r\n550 5.1.1 user\r\n354\n";
  for (size_t step = 1; step <= wire.size(); ++step) {
    SmtpReplyReader reader;
    std::vector<SmtpReply> replies;
    for (size_t at = 0; at < wire.size(); at += step) {
      reader.Feed(std::string_view(wire).substr(at, step));
      while (auto reply = reader.Next()) replies.push_back(*reply);
    }
    ASSERT_EQ(reader.fault(), Fault::kNone);
    ASSERT_EQ(replies.size(), 3U);
    EXPECT_EQ(replies[0].code, 250);
    EXPECT_THAT(replies[0].lines, ElementsAre("mx.example.org", "PIPELINING", "SMTPUTF8"));
    EXPECT_EQ(replies[1].enhanced_code, "5.1.1");
    EXPECT_EQ(replies[1].Text(), "No such user");
    EXPECT_EQ(replies[2].code, 354);
  }
}

TEST(SmtpReply, TakesAnEnhancedCodeOnlyWhereOneStands) {
  const auto enhanced = [](std::string_view line) {
    SmtpReplyReader reader;
    reader.Feed(line);
    return reader.Next()->enhanced_code;
  };
  EXPECT_EQ(enhanced("550 5.1.351 gone\r\n"), "5.1.351");
  EXPECT_EQ(enhanced("550 5.1.1\r\n"), "5.1.1");
  EXPECT_EQ(enhanced("550 5.1 gone\r\n"), "");
  EXPECT_EQ(enhanced("550 5.1.1234 gone\r\n"), "");
  EXPECT_EQ(enhanced("550 5.1.1.1 gone\r\n"), "");
  EXPECT_EQ(enhanced("550 10.0.0.1 gone\r\n"), "");
}

TEST(SmtpReply, IsRefusedWhereItIsNone) {
  for (const std::string_view garbage : {"HTTP/1.1 400 Bad Request\r\n", "\r\n", "25\r\n", "650 what\r\n",
                                         "2500 what\r\n", "\x16\x03\x01\n"}) {
    SmtpReplyReader reader;
    reader.Feed(garbage);
    EXPECT_EQ(reader.Next(), std::nullopt);
    EXPECT_EQ(reader.fault(), Fault::kGarbage) << garbage;
  }
}

TEST(SmtpReply, OfEightMebibytesIsNotKept) {
  SmtpReplyReader reader;
  reader.Feed("250 ");
  for (int i = 0; i < 128; ++i) reader.Feed(std::string(65536, 'x'));
  EXPECT_EQ(reader.fault(), Fault::kTooLarge);
}

TEST(SmtpReply, MayHave64LinesAndNoMore) {
  for (const int lines : {64, 65}) {
    SmtpReplyReader reader;
    for (int i = 1; i < lines; ++i) reader.Feed("250-x\r\n");
    reader.Feed("250 x\r\n");
    EXPECT_EQ(reader.fault(), lines == 64 ? Fault::kNone : Fault::kTooLarge);
    EXPECT_EQ(reader.Next().has_value(), lines == 64);
  }
}

TEST(SmtpReply, KeepsTheBeginningOfALongLine) {
  SmtpReplyReader reader;
  reader.Feed("550 5.1.1 " + std::string(10'000, 'x') + "\r\n");
  const auto reply = reader.Next();
  ASSERT_TRUE(reply);
  EXPECT_LE(reply->Text().size(), SmtpReplyReader::kKeptLineBytes);
  EXPECT_EQ(reply->enhanced_code, "5.1.1");
}

}  // namespace
}  // namespace limpid::verify
