#include "libs/http/answer_writer.h"

#include <string>

#include <gmock/gmock.h>

namespace limpid::http::internal {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// All that waits, taken `step` bytes at a time.
std::string Drained(AnswerWriter& writer, size_t step = 1000) {
  std::string all;
  while (!writer.next().empty()) {
    const std::string_view piece = writer.next().substr(0, step);
    all.append(piece);
    writer.Sent(piece.size());
  }
  return all;
}

std::string BodyIn(std::string_view answer) {
  return std::string(answer.substr(answer.find("\r\n\r\n") + 4));
}

TEST(AnswerWriter, WritesAWholeAnswer) {
  AnswerWriter writer;
  EXPECT_TRUE(writer.next().empty());
  writer.Whole({.status = 200, .headers = {{"A", "b"}}, .body = "hello"}, /*close=*/true, "now");
  EXPECT_EQ(Drained(writer, 3),
            "HTTP/1.1 200 OK\r\nA: b\r\nDate: now\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
}

TEST(AnswerWriter, KeepsTheOrder) {
  AnswerWriter writer;
  writer.Continue();
  writer.Whole({.body = "1"}, false, "");
  const std::string all = Drained(writer);
  EXPECT_THAT(all, StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
}

TEST(AnswerWriter, WritesLargeBodiesWhole) {
  for (const size_t size : {0, 1, 16 * 1024, 16 * 1024 + 1, 1'000'000}) {
    AnswerWriter writer;
    writer.Whole({.body = std::string(size, 'x')}, false, "");
    EXPECT_EQ(BodyIn(Drained(writer, 65'536)).size(), size);
  }
}

TEST(AnswerWriter, SendsNoBodyToHead) {
  for (const size_t size : {5, 100'000}) {
    AnswerWriter writer;
    writer.For(/*head_only=*/true, /*http_1_0=*/false);
    writer.Whole({.body = std::string(size, 'x')}, false, "");
    const std::string answer = Drained(writer);
    EXPECT_THAT(answer, HasSubstr("Content-Length: " + std::to_string(size) + "\r\n"));
    EXPECT_EQ(BodyIn(answer), "");
  }
  AnswerWriter writer;
  writer.For(true, false);
  writer.Head(200, {}, false, "");
  EXPECT_FALSE(writer.Piece("row"));
  EXPECT_FALSE(writer.End());
  EXPECT_EQ(BodyIn(Drained(writer)), "");
}

TEST(AnswerWriter, WritesAStreamInChunks) {
  AnswerWriter writer;
  writer.Head(200, {}, false, "");
  EXPECT_FALSE(writer.ended_by_close());
  EXPECT_TRUE(writer.Piece(std::string(26, 'x')));
  EXPECT_FALSE(writer.Piece("")) << "an empty chunk would end the stream";
  EXPECT_TRUE(writer.End());
  const std::string answer = Drained(writer, 7);
  EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_EQ(BodyIn(answer), "1a\r\n" + std::string(26, 'x') + "\r\n0\r\n\r\n");
}

TEST(AnswerWriter, EndsAStreamToHttp10WithTheConnection) {
  AnswerWriter writer;
  writer.For(false, /*http_1_0=*/true);
  EXPECT_TRUE(writer.ended_by_close());
  writer.Head(200, {}, true, "");
  EXPECT_TRUE(writer.Piece("row\n"));
  EXPECT_FALSE(writer.End());
  const std::string answer = Drained(writer);
  EXPECT_THAT(answer, Not(HasSubstr("chunked")));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nrow\n"));
}

TEST(AnswerWriter, TellsWhomItCannotServe) {
  const std::string answer = TooManyConnectionsAnswer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(answer, HasSubstr("Retry-After: 1\r\n"));
}

}  // namespace
}  // namespace limpid::http::internal
