#include "libs/http/session.h"

#include <optional>
#include <string>
#include <utility>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/testing/fake_clock.h"

namespace limpid::http::internal {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Phase = Session::Phase;

class SessionTest : public ::testing::Test {
 protected:
  /// The client asks for `/`.
  Request Ask(std::string_view method = "GET", bool keep_alive = true, bool http_1_0 = false) {
    session_.OnReady();
    session_.OnBytes(1);
    Request request(method, "/");
    session_.OnRequest(request, http_1_0, keep_alive);
    return request;
  }
  /// Takes all output, as the kernel does.
  std::string Drain() {
    std::string all;
    while (!session_.output().empty()) {
      const std::string piece(session_.output().substr(0, 100));
      all += piece;
      session_.OnSent(piece.size());
    }
    return all;
  }
  /// Seconds until the connection is closed; nothing when it may last.
  std::optional<double> Remaining() const {
    if (session_.deadline() == SteadyTime::max()) return std::nullopt;
    return std::chrono::duration<double>(session_.deadline() - clock_.SteadyNow()).count();
  }

  const Server::Options options_{.head_timeout = absl::Seconds(10),
                                 .body_timeout = absl::Seconds(30),
                                 .idle_timeout = absl::Seconds(75)};
  Leaving leaving_;
  limpid::testing::FakeClock clock_;
  Session session_{options_, leaving_, clock_};
};

TEST_F(SessionTest, AnswersOneRequestAfterTheOther) {
  for (int i = 0; i < 3; ++i) {
    const Request request = Ask();
    EXPECT_EQ(session_.phase(), Phase::kRunning);
    session_.Send({.body = "hello"}, "now");
    EXPECT_EQ(session_.phase(), Phase::kWriting);
    EXPECT_THAT(Drain(), HasSubstr("hello"));
    EXPECT_EQ(session_.phase(), Phase::kReading);
    EXPECT_TRUE(session_.idle());
    EXPECT_FALSE(request.stop.stop_requested());
  }
}

TEST_F(SessionTest, AHeadMustComeInTimeFromTheFirstMomentOn) {
  EXPECT_EQ(Remaining(), 10) << "the handshake of TLS is part of it";
  clock_.Advance(absl::Seconds(4));
  session_.OnReady();
  session_.OnBytes(1);
  EXPECT_EQ(Remaining(), 6);
  clock_.Advance(absl::Seconds(5));
  session_.OnBytes(1);
  EXPECT_EQ(Remaining(), 1) << "a byte now and then does not prolong it";
}

TEST_F(SessionTest, ABodyMustNotPause) {
  session_.OnReady();
  session_.OnBytes(1);
  clock_.Advance(absl::Seconds(9));
  session_.OnHead(/*waits=*/false);
  EXPECT_TRUE(session_.reading_body());
  EXPECT_EQ(Remaining(), 30);
  clock_.Advance(absl::Seconds(29));
  session_.OnBytes(64 * 1024);
  EXPECT_EQ(Remaining(), 30);
}

TEST_F(SessionTest, ABodyMustNotDrip) {
  session_.OnReady();
  session_.OnBytes(100);
  session_.OnHead(/*waits=*/false);
  for (int i = 0; i < 3; ++i) {
    clock_.Advance(absl::Seconds(9));
    session_.OnBytes(1);
  }
  EXPECT_EQ(Remaining(), 3) << "a byte now and then keeps a connection no longer than none";
  session_.OnBytes(20 * 512);
  EXPECT_EQ(Remaining(), 23);
  session_.OnBytes(1 << 20);
  EXPECT_EQ(Remaining(), 30) << "nor does what came fast buy a longer pause";
}

TEST_F(SessionTest, AnAnswerMustNotBeReadInDrips) {
  Ask();
  session_.Send({.body = std::string(100'000, 'x')}, "");
  for (int i = 0; i < 3; ++i) {
    clock_.Advance(absl::Seconds(9));
    session_.OnSent(1);
  }
  EXPECT_EQ(Remaining(), 3);
  session_.OnSent(10 * 512);
  EXPECT_EQ(Remaining(), 13);
}

TEST_F(SessionTest, AHandlerMayTakeItsTimeAndAReaderMayNot) {
  Ask();
  EXPECT_EQ(Remaining(), std::nullopt);
  session_.Send({.body = std::string(1000, 'x')}, "");
  EXPECT_EQ(Remaining(), 30);
  clock_.Advance(absl::Seconds(20));
  session_.OnSent(10);
  EXPECT_EQ(Remaining(), 10) << "see Pace";
}

TEST_F(SessionTest, AKeptConnectionMayBeIdleForAWhile) {
  Ask();
  session_.Send({}, "");
  Drain();
  EXPECT_EQ(Remaining(), 75);
  clock_.Advance(absl::Seconds(70));
  session_.OnBytes(1);
  EXPECT_EQ(Remaining(), 10) << "for the head that has begun";
  EXPECT_FALSE(session_.idle());
}

TEST_F(SessionTest, TellsAClientThatWaitsToGoOn) {
  session_.OnReady();
  session_.OnBytes(1);
  session_.OnHead(/*waits=*/true);
  EXPECT_EQ(session_.output(), "HTTP/1.1 100 Continue\r\n\r\n");
  Drain();
  EXPECT_EQ(session_.phase(), Phase::kReading);
  Request request("POST", "/");
  session_.OnRequest(request, false, true);
  EXPECT_EQ(Remaining(), std::nullopt);
}

TEST_F(SessionTest, AContinueThatIsStillOnItsWayDoesNotCutTheHandlersTime) {
  session_.OnReady();
  session_.OnBytes(1);
  session_.OnHead(/*waits=*/true);
  session_.OnSent(5);
  Request request("POST", "/");
  session_.OnRequest(request, false, true);
  session_.OnSent(5);
  EXPECT_EQ(Remaining(), std::nullopt);
}

TEST_F(SessionTest, ARefusalIsTheLastAnswerAndGetsTimeToBeRead) {
  session_.OnReady();
  session_.OnBytes(1);
  session_.OnFault(InvalidRequest(reason::kBodyTooLarge, "Too large."), Request("POST", "/v1/x"), "now");
  const std::string answer = Drain();
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 413 "));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(answer, HasSubstr("\"instance\":\"/v1/x\""));
  EXPECT_EQ(session_.phase(), Phase::kLingering);
  EXPECT_TRUE(session_.refused());
  EXPECT_EQ(Remaining(), 2);
  session_.OnDropped(16 << 20);
  EXPECT_EQ(session_.phase(), Phase::kLingering);
  session_.OnDropped(1);
  EXPECT_EQ(session_.phase(), Phase::kClosed);
}

TEST_F(SessionTest, AConnectionEndsWhenTheClientSaysSo) {
  Ask("GET", /*keep_alive=*/false);
  session_.Send({}, "");
  EXPECT_THAT(Drain(), HasSubstr("Connection: close\r\n"));
  EXPECT_EQ(session_.phase(), Phase::kLingering);
}

TEST_F(SessionTest, AConnectionEndsWhenTheServerIsLeaving) {
  for (std::atomic<bool>* sign : {&leaving_.announced, &leaving_.draining}) {
    Session session(options_, leaving_, clock_);
    session.OnReady();
    session.OnBytes(1);
    Request request("GET", "/");
    session.OnRequest(request, false, true);
    session.Send({}, "");
    EXPECT_THAT(std::string(session.output()), Not(HasSubstr("Connection: close")));
    *sign = true;  // After the head was written, before it is out.
    session.OnSent(session.output().size());
    EXPECT_EQ(session.phase(), Phase::kLingering);
    *sign = false;
  }
}

TEST_F(SessionTest, AClientThatSendsNoMoreStillGetsItsAnswer) {
  const Request request = Ask();
  session_.OnClientGone(/*orderly=*/true);
  EXPECT_TRUE(request.stop.stop_requested());
  EXPECT_TRUE(session_.client_gone());
  session_.Send({.body = "late"}, "");
  EXPECT_THAT(Drain(), HasSubstr("late"));
  EXPECT_EQ(session_.phase(), Phase::kClosed);
}

TEST_F(SessionTest, AClientThatIsGoneGetsNothing) {
  const Request request = Ask();
  session_.OnClientGone(/*orderly=*/false);
  EXPECT_TRUE(request.stop.stop_requested());
  EXPECT_EQ(session_.phase(), Phase::kClosed);
  session_.Send({.body = "late"}, "");
  EXPECT_THAT(session_.output(), IsEmpty());
}

TEST_F(SessionTest, BetweenRequestsTheEndIsTheEnd) {
  session_.OnReady();
  session_.OnClientGone(/*orderly=*/true);
  EXPECT_EQ(session_.phase(), Phase::kClosed);
}

TEST_F(SessionTest, AStreamGoesAtThePaceOfItsReader) {
  Ask();
  session_.StartStream(200, {}, "");
  EXPECT_EQ(session_.phase(), Phase::kStreaming);
  int taken = 0;
  for (int i = 1; i <= 3; ++i) {
    EXPECT_TRUE(session_.Write("row\n", [&taken](const absl::Status& status) { taken += status.ok(); }));
    EXPECT_EQ(taken, i - 1);
    EXPECT_EQ(Remaining(), 30);
    Drain();
    EXPECT_EQ(taken, i);
    EXPECT_EQ(Remaining(), std::nullopt) << "the next row is the handler's business";
  }
  session_.Finish();
  EXPECT_EQ(Drain(), "0\r\n\r\n");
  EXPECT_TRUE(session_.idle());
}

TEST_F(SessionTest, AnEmptyPieceIsTakenLater) {
  Ask();
  session_.StartStream(200, {}, "");
  Drain();
  bool taken = false;
  EXPECT_FALSE(session_.Write("", [&taken](const absl::Status&) { taken = true; }));
  EXPECT_FALSE(taken) << "a writer that writes again in its callback would call itself without end";
  session_.OnSent(0);
  EXPECT_TRUE(taken);
}

TEST_F(SessionTest, AStreamToHttp10EndsTheConnection) {
  Ask("GET", /*keep_alive=*/true, /*http_1_0=*/true);
  session_.StartStream(200, {}, "");
  session_.Finish();
  EXPECT_THAT(Drain(), HasSubstr("Connection: close\r\n"));
  EXPECT_EQ(session_.phase(), Phase::kLingering);
}

TEST_F(SessionTest, AWriterIsToldThatTheConnectionIsGone) {
  Ask();
  session_.StartStream(200, {}, "");
  Drain();
  absl::Status said, later;
  session_.Write("row", [&said](const absl::Status& status) { said = status; });
  session_.Close();
  EXPECT_EQ(said.code(), absl::StatusCode::kCancelled);
  session_.Write("row", [&later](const absl::Status& status) { later = status; });
  EXPECT_EQ(later.code(), absl::StatusCode::kCancelled);
}

TEST_F(SessionTest, AnAnswerThatComesTwiceIsDropped) {
  Ask();
  session_.Send({.body = "one"}, "");
  session_.Send({.body = "two"}, "");
  session_.StartStream(200, {}, "");
  const std::string all = Drain();
  EXPECT_THAT(all, HasSubstr("one"));
  EXPECT_THAT(all, Not(HasSubstr("two")));
  session_.Finish();
  EXPECT_TRUE(session_.idle());
}

TEST(SweepInterval, IsAQuarterOfTheShortestTimeoutWithinReason) {
  EXPECT_EQ(SweepInterval({}), absl::Seconds(1));
  EXPECT_EQ(SweepInterval({.body_timeout = absl::Milliseconds(400)}), absl::Milliseconds(100));
  EXPECT_EQ(SweepInterval({.idle_timeout = absl::Milliseconds(1)}), absl::Milliseconds(5));
}

}  // namespace
}  // namespace limpid::http::internal
