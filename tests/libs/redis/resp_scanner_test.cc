#include "libs/redis/resp_scanner.h"

#include <gtest/gtest.h>

#include "libs/base/strings.h"

namespace limpid::redis {
namespace {

bool Accepts(std::string_view stream, RespScanner::Limits limits = {}) {
  RespScanner scanner(limits);
  return scanner.Scan(stream).ok();
}

TEST(RespScanner, LetsEveryKindOfReplyThrough) {
  for (const char* reply :
       {"+OK\r\n", "-ERR some \r text\r\n", ":-9223372036854775808\r\n", "$0\r\n\r\n", "$5\r\na\r\nb\r\r\n",
        "$-1\r\n", "*-1\r\n", "*0\r\n", "*2\r\n$1\r\na\r\n*2\r\n:1\r\n+x\r\n"}) {
    EXPECT_TRUE(Accepts(StrCat(reply, reply))) << reply;
  }
}

TEST(RespScanner, SeesTheSameInPiecesOfAnySize) {
  const std::string stream = "*2\r\n$3\r\na\r\n\r\n:12\r\n+OK\r\n$x\r\n";
  for (size_t size = 1; size < stream.size(); ++size) {
    RespScanner scanner;
    bool accepted = true;
    for (size_t at = 0; at < stream.size() && accepted; at += size) {
      accepted = scanner.Scan(std::string_view(stream).substr(at, size)).ok();
    }
    EXPECT_FALSE(accepted) << size;
  }
}

TEST(RespScanner, RefusesHeadersThatAnnounceTooMuch) {
  EXPECT_FALSE(Accepts("*1073741823\r\n"));
  EXPECT_FALSE(Accepts("$4294967295\r\n"));
  EXPECT_FALSE(Accepts("*10001\r\n"));
  EXPECT_TRUE(Accepts("*10000\r\n"));
  EXPECT_FALSE(Accepts("$1048577\r\n"));
  EXPECT_TRUE(Accepts("$1048000\r\n"));
}

TEST(RespScanner, CountsElementsOfNestedArraysTogether) {
  EXPECT_FALSE(Accepts("*2\r\n*6\r\n*3\r\n", {.max_reply_elements = 10}));
  EXPECT_TRUE(Accepts("*2\r\n*6\r\n*2\r\n", {.max_reply_elements = 10}));
}

TEST(RespScanner, CountsBytesOfTheWholeReply) {
  const std::string element = "$10\r\n0123456789\r\n";
  EXPECT_FALSE(Accepts(StrCat("*2\r\n", element, element), {.max_reply_bytes = 36}));
  EXPECT_TRUE(Accepts(StrCat("*2\r\n", element, element), {.max_reply_bytes = 38}));
  EXPECT_FALSE(Accepts(StrCat("+", std::string(100, 'x')), {.max_reply_bytes = 100}));
}

TEST(RespScanner, EachReplyIsCountedAnew) {
  EXPECT_TRUE(Accepts("*2\r\n:1\r\n:2\r\n*2\r\n:1\r\n:2\r\n*2\r\n:1\r\n:2\r\n",
                      {.max_reply_bytes = 12, .max_reply_elements = 2}));
}

TEST(RespScanner, RefusesWhatIsNoResp2) {
  for (const char* stream :
       {"HTTP/1.1 400 Bad Request\r\n", "%1\r\n", "\r\n", ":\r\n", ":1x\r\n", ":1\r2\r\n", ":1\n2\r\n",
        ": 1\r\n", ":99999999999999999999\r\n", ":000000000000000000000000000000001\r\n", "$-2\r\n",
        "*-2\r\n", "$1\r\nab\r\n", "$1\r\na\rb", "$3\r\nab\r\n+OK\r\n"}) {
    EXPECT_FALSE(Accepts(stream)) << stream;
  }
}

}  // namespace
}  // namespace limpid::redis
