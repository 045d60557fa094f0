#include "verify-svc/challenges/email_text.h"

#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::SizeIs;

std::string Written(const std::string& subject, const std::string& body) {
  return WriteEmail({.from = "no-reply@acme.example",
                     .from_name = "Café Léon",
                     .to = "jean@example.fr",
                     .message_id = "m1@acme.example",
                     .date = absl::FromUnixSeconds(1'800'000'000)},
                    {.subject = subject, .body = body});
}

TEST(EmailText, HasTheHeadersThatAMessageNeeds) {
  const std::string text = Written("Hello", "Body");
  EXPECT_THAT(text, HasSubstr("<no-reply@acme.example>\r\n"));
  EXPECT_THAT(text, HasSubstr("To: <jean@example.fr>\r\n"));
  EXPECT_THAT(text, HasSubstr("Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"));
  EXPECT_THAT(text, HasSubstr("Message-ID: <m1@acme.example>\r\n"));
  EXPECT_THAT(text, HasSubstr("Auto-Submitted: auto-generated\r\n"));
  EXPECT_THAT(text, HasSubstr("Content-Type: text/plain; charset=utf-8\r\n"));
}

TEST(EmailText, KeepsLinesWithinWhatServersTake) {
  const std::string text = Written(std::string(200, 'x'), std::string(5000, 'y') + "\nfin");
  for (const auto line : absl::StrSplit(text, "\r\n")) EXPECT_THAT(std::string(line), SizeIs(Le(76u)));
  EXPECT_EQ(text.find_first_of('\n'), text.find("\r\n") + 1);
}

TEST(EmailText, CutsNoCharacterOfASubject) {
  std::string subject;
  for (int i = 0; i < 60; ++i) subject += "é";
  const std::string text = Written(subject, "");
  std::string read;
  size_t at = text.find("Subject: ");
  for (size_t begin = text.find("=?utf-8?B?", at); begin < text.find("Date:");
       begin = text.find("=?utf-8?B?", begin + 1)) {
    const size_t from = begin + 10;
    std::string word;
    ASSERT_TRUE(absl::Base64Unescape(Absl(text.substr(from, text.find("?=", from) - from)), &word));
    EXPECT_EQ(word.size() % 2, 0u) << "half of a character";
    read += word;
  }
  EXPECT_EQ(read, subject);
}

TEST(EmailText, CarriesTheBodyWithCompleteLineEnds) {
  const std::string text = Written("s", "Un été\nà Paris\n");
  const std::string encoded =
      absl::StrReplaceAll(Absl(text.substr(text.find("\r\n\r\n") + 4)), {{"\r\n", ""}});
  std::string body;
  ASSERT_TRUE(absl::Base64Unescape(encoded, &body));
  EXPECT_EQ(body, "Un été\r\nà Paris\r\n");
}

}  // namespace
}  // namespace limpid::verify
