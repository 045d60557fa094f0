#include "libs/redis/codec.h"

#include <array>
#include <random>

#include <gmock/gmock.h>

namespace limpid::redis {
namespace {

using namespace std::string_literals;

using Kind = Reply::Kind;

Reply ReadOne(ReplyReader& reader, std::string_view bytes) {
  EXPECT_TRUE(reader.Feed(bytes).ok());
  auto reply = reader.Next();
  EXPECT_TRUE(reply.ok() && reply->has_value());
  return **std::move(reply);
}

TEST(EncodeCommand, CarriesEveryByteOfAnArgument) {
  const std::array<std::string_view, 3> command = {"SET", "k\r\nFLUSHALL", std::string_view("\0\xff", 2)};
  EXPECT_EQ(EncodeCommand(command), "*3\r\n$3\r\nSET\r\n$11\r\nk\r\nFLUSHALL\r\n$2\r\n\0\xff\r\n"s);
}

TEST(ReplyReader, ReadsEveryKind) {
  ReplyReader reader;
  EXPECT_EQ(ReadOne(reader, "+OK\r\n").kind, Kind::kStatus);
  EXPECT_EQ(ReadOne(reader, "-ERR no\r\n").text, "ERR no");
  EXPECT_EQ(ReadOne(reader, ":-12\r\n").integer, -12);
  EXPECT_EQ(ReadOne(reader, "$-1\r\n").kind, Kind::kNil);
  EXPECT_EQ(ReadOne(reader, "*-1\r\n").kind, Kind::kNil);
  EXPECT_EQ(ReadOne(reader, std::string_view("$3\r\na\0b\r\n", 9)).text, std::string("a\0b", 3));
  const Reply nested = ReadOne(reader, "*3\r\n$1\r\nx\r\n*2\r\n:1\r\n$-1\r\n*0\r\n");
  ASSERT_EQ(nested.elements.size(), 3u);
  EXPECT_EQ(nested.elements[0].text, "x");
  ASSERT_EQ(nested.elements[1].elements.size(), 2u);
  EXPECT_EQ(nested.elements[1].elements[0].integer, 1);
  EXPECT_EQ(nested.elements[1].elements[1].kind, Kind::kNil);
  EXPECT_EQ(nested.elements[2].kind, Kind::kArray);
}

TEST(ReplyReader, WaitsForTheRestOfAReply) {
  ReplyReader reader;
  const std::string_view bytes = "*2\r\n$2\r\nab\r\n:7\r\n";
  for (const char& byte : bytes.substr(0, bytes.size() - 1)) {
    ASSERT_TRUE(reader.Feed({&byte, 1}).ok());
    const auto reply = reader.Next();
    ASSERT_TRUE(reply.ok());
    EXPECT_FALSE(reply->has_value());
  }
  EXPECT_EQ(ReadOne(reader, "\n").elements[1].integer, 7);
}

TEST(ReplyReader, NestingThatIsTooDeepBreaksTheStream) {
  ReplyReader reader;
  std::string bytes;
  for (int i = 0; i < 100; ++i) bytes += "*1\r\n";
  ASSERT_TRUE(reader.Feed(bytes).ok());
  EXPECT_EQ(reader.Next().status().code(), absl::StatusCode::kUnavailable);
}

TEST(ReplyReader, DamagedStreamsEndInAnErrorOrInReplies) {
  const std::string stream = "*3\r\n$5\r\nhello\r\n:42\r\n*2\r\n$-1\r\n+OK\r\n-ERR no\r\n$0\r\n\r\n*0\r\n";
  std::mt19937 chance(20261122);
  for (int round = 0; round < 20'000; ++round) {
    std::string damaged = stream + stream;
    for (int i = chance() % 4; i >= 0; --i) {
      const size_t at = chance() % damaged.size();
      if (chance() % 3 == 0) {
        damaged.erase(at, 1 + chance() % 3);
      } else {
        damaged[at] = "$*:+-\r\n0123456789x"[chance() % 18];
      }
    }
    // What the sanitizers look at: nothing here may read or write beyond its bounds, or leak.
    ReplyReader reader;
    const size_t cut = chance() % damaged.size();
    for (const std::string_view part :
         {std::string_view(damaged).substr(0, cut), std::string_view(damaged).substr(cut)}) {
      if (!reader.Feed(part).ok()) break;
      for (auto reply = reader.Next(); reply.ok() && reply->has_value(); reply = reader.Next()) {
        EXPECT_LE((*reply)->elements.size(), 10'000u);
      }
    }
  }
}

TEST(ReplyReader, AReplyCutOffLeavesNothingBehind) {
  ReplyReader reader;
  ASSERT_TRUE(reader.Feed("*3\r\n$3\r\nabc\r\n*2\r\n:1\r\n").ok());
  const auto reply = reader.Next();
  ASSERT_TRUE(reply.ok());
  EXPECT_FALSE(reply->has_value());  // Freed with the reader: LeakSanitizer looks.
}

}  // namespace
}  // namespace limpid::redis
