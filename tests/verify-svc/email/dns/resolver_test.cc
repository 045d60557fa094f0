// The resolver against servers that misbehave.
#include "verify-svc/email/dns/resolver.h"

#include <future>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/verify-svc/email/dns/message_builder.h"
#include "tests/verify-svc/email/dns/scripted_dns.h"

namespace limpid::verify::dns {
namespace {

using ::testing::SizeIs;

constexpr auto kPatience = std::chrono::seconds(30);

std::string_view IdOf(std::string_view question) { return question.substr(0, 2); }

MessageBuilder OneMx() { return MessageBuilder("a.fr", RecordType::kMx).Mx("a.fr", 300, 10, "mx.a.fr"); }

class ResolverTest : public ::testing::Test {
 protected:
  std::unique_ptr<Resolver> Over(std::vector<std::string> servers, int tries = 2,
                                 absl::Duration timeout = absl::Milliseconds(100)) {
    return Resolver::Create({.servers = std::move(servers), .timeout = timeout, .tries = tries}, metrics_)
        .value();
  }

  static Reply Ask(Resolver& resolver, const std::string& name = "a.fr",
                   SteadyTime::duration patience = kPatience) {
    std::promise<Reply> reply;
    resolver.Ask(name, RecordType::kMx, std::chrono::steady_clock::now() + patience,
                 [&](Reply got) { reply.set_value(std::move(got)); });
    return reply.get_future().get();
  }

  MetricsRegistry metrics_;
};

TEST_F(ResolverTest, TakesNoAnswerThatIsNotToItsQuestion) {
  const ScriptedDns server([](std::string_view question, bool) {
    const std::string wrong_id = {static_cast<char>(question[0] + 1), question[1]};
    return std::vector<std::string>{
        OneMx().Build(wrong_id),
        MessageBuilder("b.fr", RecordType::kMx).Mx("b.fr", 1, 1, "evil.b.fr").Build(IdOf(question)),
        "garbage",
        OneMx().Build(IdOf(question)),
    };
  });
  const Reply reply = Ask(*Over({server.address()}));
  ASSERT_EQ(reply.outcome, Outcome::kAnswered);
  ASSERT_THAT(reply.message.answers, SizeIs(1));
  EXPECT_EQ(reply.message.answers[0].data, "mx.a.fr");
}

TEST_F(ResolverTest, AsksByTcpWhenTheAnswerIsCut) {
  const ScriptedDns server([](std::string_view question, bool by_tcp) {
    if (!by_tcp)
      return std::vector<std::string>{MessageBuilder("a.fr", RecordType::kMx).Build(IdOf(question), true)};
    return std::vector<std::string>{OneMx().Build(IdOf(question))};
  });
  EXPECT_THAT(Ask(*Over({server.address()})).message.answers, SizeIs(1));
  EXPECT_EQ(server.asked_by_tcp(), 1);
}

TEST_F(ResolverTest, AsksAgainWhenAQuestionIsLost) {
  std::atomic<int> questions = 0;
  const ScriptedDns server([&](std::string_view question, bool) {
    if (++questions == 1) return std::vector<std::string>{};
    return std::vector<std::string>{OneMx().Build(IdOf(question))};
  });
  EXPECT_EQ(Ask(*Over({server.address()})).outcome, Outcome::kAnswered);
  EXPECT_EQ(server.asked_by_udp(), 2);
}

TEST_F(ResolverTest, AsksTheNextServerWhenOneFails) {
  const ScriptedDns failing([](std::string_view question, bool) {
    return std::vector<std::string>{
        MessageBuilder("a.fr", RecordType::kMx, ResponseCode::kServerFailure).Build(IdOf(question))};
  });
  const ScriptedDns good([](std::string_view question, bool) {
    return std::vector<std::string>{OneMx().Build(IdOf(question))};
  });
  EXPECT_EQ(Ask(*Over({failing.address(), good.address()})).outcome, Outcome::kAnswered);
  EXPECT_EQ(failing.asked_by_udp(), 1);
}

TEST_F(ResolverTest, SaysThatNobodyKnowsWhenAllServersFail) {
  for (const ResponseCode code : {ResponseCode::kServerFailure, ResponseCode::kRefused}) {
    const ScriptedDns server([&](std::string_view question, bool) {
      return std::vector<std::string>{MessageBuilder("a.fr", RecordType::kMx, code).Build(IdOf(question))};
    });
    EXPECT_EQ(Ask(*Over({server.address()})).outcome, Outcome::kError);
  }
}

TEST_F(ResolverTest, SaysThatASilentServerGaveNoAnswer) {
  const ScriptedDns server([](std::string_view, bool) { return std::vector<std::string>{}; });
  EXPECT_EQ(Ask(*Over({server.address()}, 1, absl::Milliseconds(20))).outcome, Outcome::kTimeout);
}

TEST_F(ResolverTest, WaitsNoLongerThanTheDeadline) {
  const ScriptedDns server([](std::string_view, bool) { return std::vector<std::string>{}; });
  const auto resolver = Over({server.address()}, 1, absl::Hours(1));
  EXPECT_EQ(Ask(*resolver, "a.fr", std::chrono::milliseconds(20)).outcome, Outcome::kTimeout);
}

TEST_F(ResolverTest, BelievesNoAnswerThatCannotBeRead) {
  const ScriptedDns server([](std::string_view question, bool) {
    const std::string whole = OneMx().Build(IdOf(question));
    return std::vector<std::string>{whole.substr(0, whole.size() - 3)};
  });
  EXPECT_EQ(Ask(*Over({server.address()}, 1)).outcome, Outcome::kError);
}

TEST_F(ResolverTest, AnswersWhatIsUnderWayWhenItEnds) {
  const ScriptedDns server([](std::string_view, bool) { return std::vector<std::string>{}; });
  std::promise<Reply> reply;
  {
    const auto resolver = Over({server.address()}, 1, absl::Hours(1));
    resolver->Ask("a.fr", RecordType::kMx, std::chrono::steady_clock::now() + std::chrono::hours(1),
                  [&](Reply got) { reply.set_value(std::move(got)); });
  }
  EXPECT_EQ(reply.get_future().get().outcome, Outcome::kError);
}

TEST_F(ResolverTest, AnswersAtOnceWhatIsAskedAfterItHasStopped) {
  const ScriptedDns server([](std::string_view question, bool) {
    return std::vector<std::string>{OneMx().Build(IdOf(question))};
  });
  const auto resolver = Over({server.address()});
  ASSERT_EQ(Ask(*resolver).outcome, Outcome::kAnswered);
  resolver->Stop();
  bool answered = false;
  resolver->Ask("a.fr", RecordType::kMx, std::chrono::steady_clock::now() + kPatience,
                [&](const Reply& reply) {
                  EXPECT_EQ(reply.outcome, Outcome::kError);
                  answered = true;
                });
  EXPECT_TRUE(answered);
}

TEST_F(ResolverTest, MayBeAskedByManyWhileItStops) {
  const ScriptedDns server([](std::string_view question, bool) {
    return std::vector<std::string>{OneMx().Build(IdOf(question))};
  });
  const auto resolver = Over({server.address()});
  std::promise<void> stopped;
  const std::shared_future<void> has_stopped = stopped.get_future().share();
  std::vector<std::thread> askers;
  for (int i = 0; i < 4; ++i) {
    askers.emplace_back([&] {
      while (Ask(*resolver).outcome == Outcome::kAnswered) continue;
      has_stopped.wait();
      EXPECT_EQ(Ask(*resolver).outcome, Outcome::kError);
    });
  }
  ASSERT_EQ(Ask(*resolver).outcome, Outcome::kAnswered);
  resolver->Stop();
  stopped.set_value();
  for (std::thread& asker : askers) asker.join();
}

TEST_F(ResolverTest, LetsQuestionsBeyondItsMeasureWaitForTheirTurn) {
  const ScriptedDns server([](std::string_view question, bool) {
    return std::vector<std::string>{OneMx().Build(IdOf(question))};
  });
  const auto resolver =
      Resolver::Create({.servers = {server.address()}, .timeout = absl::Seconds(10), .max_in_flight = 2},
                       metrics_)
          .value();
  constexpr int kQuestions = 200;
  std::atomic<int> missing = kQuestions;
  std::atomic<int> answered = 0;
  std::promise<void> all;
  for (int i = 0; i < kQuestions; ++i) {
    resolver->Ask("a.fr", RecordType::kMx, std::chrono::steady_clock::now() + kPatience,
                  [&](const Reply& reply) {
                    if (reply.outcome == Outcome::kAnswered) ++answered;
                    if (--missing == 0) all.set_value();
                  });
  }
  all.get_future().get();
  EXPECT_EQ(answered, kQuestions);
}

TEST_F(ResolverTest, KnowsThatOnionNamesAreNotOfTheDns) {
  const ScriptedDns server([](std::string_view, bool) { return std::vector<std::string>{}; });
  const Reply reply = Ask(*Over({server.address()}), "a.onion");
  EXPECT_EQ(reply.message.code, ResponseCode::kNameError);
  EXPECT_EQ(server.asked_by_udp(), 0);
}

TEST_F(ResolverTest, TakesServersByAddressAndPort) {
  for (const char* good : {"192.0.2.53", "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]:53", "[::1]"}) {
    EXPECT_TRUE(Resolver::Create({.servers = {good}}, metrics_).ok()) << good;
  }
  for (const char* bad :
       {"dns.example", "192.0.2.53:0", "192.0.2.53:66000", "192.0.2.53:x", "[::1", "[::1]53", ""}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Resolver::Create({.servers = {bad}}, metrics_).status())) << bad;
  }
}

}  // namespace
}  // namespace limpid::verify::dns
