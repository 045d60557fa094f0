// Calls from outside, through the gateway's gRPC door, to a service behind it.
#include "gateway/forwarding/grpc_door.h"

#include <atomic>
#include <future>
#include <latch>
#include <set>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/rpc/metadata.h"
#include "libs/rpc/status.h"
#include "tests/libs/rpc/echo_server.h"
#include "tests/libs/rpc/raw_calls.h"

namespace limpid::gateway {
namespace {

using rpc::EchoRequest;
using rpc::EchoResponse;
using rpc::EchoServer;
using rpc::RawCall;
using BidiStream = grpc::ClientReaderWriter<EchoRequest, EchoResponse>;

constexpr char kService[] = "limpid.testing.v1.EchoService";

// Knows two keys.
class TwoKeys final : public rpc::Authenticator {
 public:
  void Authenticate(const rpc::CallMetadata& metadata, Done<rpc::Principal> done) override {
    const std::string_view key = metadata.Get(rpc::kAuthorizationKey).value_or("");
    const Role role = key == "Bearer standard" ? Role::kStandard
                      : key == "Bearer reader" ? Role::kReader
                                               : Role::kNone;
    if (role == Role::kNone) return done(Unauthenticated(reason::kCredentialsInvalid, "not known"));
    done(rpc::Principal{.tenant = TenantId("acme"), .role = role, .key = KeyId("key-1")});
  }
};

class GrpcDoor : public ::testing::Test {
 protected:
  GrpcDoor() : echo_({.max_in_flight = 4}) {
    const auto door = std::make_shared<rpc::Door>(rpc::Door{.domain = "gateway.limpid",
                                                            .authenticator = std::make_shared<TwoKeys>(),
                                                            .default_deadline = absl::Seconds(30),
                                                            .outer = true});
    std::vector<std::unique_ptr<rpc::Service>> services;
    services.push_back(MakeForwardingService(kService, door, echo_.peer(), ending_.get_token()));
    gateway_ = rpc::Server::Start({.address = "127.0.0.1:0"}, std::move(services)).value();
    channel_ = rpc::MakeChannel({.target = "127.0.0.1:" + std::to_string(gateway_->port())});
  }

  static std::unique_ptr<grpc::ClientContext> WithKey(const char* key = "Bearer standard") {
    auto context = std::make_unique<grpc::ClientContext>();
    context->AddMetadata(rpc::kAuthorizationKey, key);
    return context;
  }

  absl::StatusOr<EchoResponse> Say(const std::string& path, grpc::ClientContext& context,
                                   const EchoRequest& request = {}) {
    std::string answer;
    const grpc::Status status = RawCall(channel_, path, request.SerializeAsString(), context, &answer);
    if (!status.ok()) return rpc::FromGrpc(status, "gateway");
    EchoResponse response;
    EXPECT_TRUE(response.ParseFromString(answer));
    return response;
  }

  std::unique_ptr<BidiStream> EchoEach(grpc::ClientContext& context) {
    return std::unique_ptr<BidiStream>(
        grpc::internal::ClientReaderWriterFactory<EchoRequest, EchoResponse>::Create(
            channel_.grpc.get(), {rpc::kEchoEachPath.c_str(), grpc::internal::RpcMethod::BIDI_STREAMING},
            &context));
  }

  std::unique_ptr<grpc::ClientReader<EchoResponse>> Count(grpc::ClientContext& context, int count) {
    EchoRequest request;
    request.set_count(count);
    return std::unique_ptr<grpc::ClientReader<EchoResponse>>(
        grpc::internal::ClientReaderFactory<EchoResponse>::Create(
            channel_.grpc.get(), {kCountPath.c_str(), grpc::internal::RpcMethod::SERVER_STREAMING}, &context,
            request));
  }

  const std::string kCountPath = "/limpid.testing.v1.EchoService/Count";
  const std::string kLaterPath = "/limpid.testing.v1.EchoService/EchoLater";
  EchoServer echo_;
  std::stop_source ending_;
  std::unique_ptr<rpc::Server> gateway_;
  rpc::Channel channel_;
};

EchoRequest Text(std::string text) {
  EchoRequest request;
  request.set_text(std::move(text));
  return request;
}

TEST_F(GrpcDoor, PassesACallOnUnderThePrincipalOfItsKey) {
  const auto context = WithKey();
  context->AddMetadata(rpc::kRequestIdKey, "from-outside");
  context->AddMetadata(rpc::kTraceparentKey, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  context->AddMetadata(rpc::kAcceptLanguageKey, "en-GB, fr;q=0.5");
  context->AddMetadata(rpc::kIdempotencyKeyKey, "once");
  const auto said = Say(rpc::kEchoPath, *context, Text("hello"));
  ASSERT_TRUE(said.ok()) << said.status();
  EXPECT_EQ(said->text(), "hello");
  EXPECT_EQ(said->tenant(), "acme");
  EXPECT_EQ(said->role(), "STANDARD");
  EXPECT_EQ(said->key(), "key-1");
  EXPECT_EQ(said->request_id(), "from-outside");
  EXPECT_EQ(said->traceparent(), "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  EXPECT_EQ(said->language(), "en");
  EXPECT_EQ(said->idempotency_key(), "once");
  EXPECT_EQ(said->request_digest().size(), 64u);
}

TEST_F(GrpcDoor, DropsWhatOnlyServicesMaySay) {
  const auto context = WithKey();
  const std::string operator_elsewhere =
      echo_.signer()->Sign({.tenant = TenantId("other"), .role = Role::kOperator});
  context->AddMetadata(rpc::kCallKey, operator_elsewhere + " forged-request xx");
  context->AddMetadata(rpc::kRequestDigestKey, "forged");
  context->AddMetadata(rpc::kIdempotencyKeyKey, "once");
  const auto said = Say(rpc::kEchoPath, *context);
  ASSERT_TRUE(said.ok()) << said.status();
  EXPECT_EQ(said->tenant(), "acme");
  EXPECT_EQ(said->role(), "STANDARD");
  EXPECT_EQ(said->language(), "");
  EXPECT_NE(said->request_id(), "forged-request");
  EXPECT_NE(said->request_digest(), "forged");
}

TEST_F(GrpcDoor, RefusesBeforeTheServiceHearsOfIt) {
  const absl::Status unknown = Say(rpc::kEchoPath, *WithKey("Bearer unknown")).status();
  EXPECT_EQ(unknown.code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(DetailsOf(unknown).domain, "gateway.limpid");
  const absl::Status reader = Say(rpc::kEchoPath, *WithKey("Bearer reader")).status();
  EXPECT_EQ(ReasonOf(reader), reason::kRoleNotAllowed);
  EXPECT_EQ(DetailsOf(reader).domain, "gateway.limpid");
  EXPECT_EQ(echo_.echoed(), 0);
}

TEST_F(GrpcDoor, ServesNoMethodBetweenServices) {
  static const std::string path = "/limpid.testing.v1.EchoService/Internal";
  EXPECT_EQ(Say(path, *WithKey()).status().code(), absl::StatusCode::kUnimplemented);
}

TEST_F(GrpcDoor, BringsBackTheErrorsOfTheService) {
  static const std::string path = "/limpid.testing.v1.EchoService/EchoOnExecutor";
  const absl::Status missing = Say(path, *WithKey(), Text("missing")).status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(DetailsOf(missing).domain, "echo.limpid");
  EXPECT_EQ(DetailsOf(missing).resource_kind, "echo");
  const absl::Status broken = Say(path, *WithKey(), Text("broken")).status();
  EXPECT_EQ(broken.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(DetailsOf(broken).domain, "echo.limpid");
  const absl::Status malformed =
      rpc::FromGrpc(RawCall(channel_, rpc::kEchoPath, "\x0a\x01\xff", *WithKey()), "gateway");
  ASSERT_EQ(DetailsOf(malformed).violations.size(), 1u);
  EXPECT_EQ(DetailsOf(malformed).violations[0].reason, reason::kInvalidUtf8);
}

TEST_F(GrpcDoor, RefusesACallWithoutAMessage) {
  for (const std::string& path : {rpc::kEchoPath, kCountPath}) {
    const absl::Status status = rpc::FromGrpc(rpc::CallWithoutMessage(channel_, path, *WithKey()), "gateway");
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ReasonOf(status), reason::kMalformedMessage);
    EXPECT_EQ(DetailsOf(status).domain, "gateway.limpid");
  }
}

TEST_F(GrpcDoor, GivesTheServiceLessTimeThanTheCallerGave) {
  const auto context = WithKey();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  const auto said = Say(rpc::kEchoPath, *context);
  ASSERT_TRUE(said.ok()) << said.status();
  EXPECT_LE(said->remaining_ms(), 20'200);
  EXPECT_LE(Say(rpc::kEchoPath, *WithKey())->remaining_ms(), 30'300) << "its own default without one";
}

TEST_F(GrpcDoor, TellsTheServiceThatTheCallerHasGone) {
  const auto context = WithKey();
  std::thread caller([&] {
    EXPECT_EQ(RawCall(channel_, kLaterPath, "", *context).error_code(), grpc::StatusCode::CANCELLED);
  });
  rpc::WaitingCall waiting = echo_.TakeWaiting();
  std::latch stopped(1);
  std::stop_callback on_stop(waiting.call.stop, [&] { stopped.count_down(); });
  context->TryCancel();
  caller.join();
  stopped.wait();
  waiting.done(EchoResponse());
}

TEST_F(GrpcDoor, PassesAServerStreamOnInOrder) {
  const auto context = WithKey();
  const auto stream = Count(*context, 2000);
  EchoResponse response;
  int last = 0;
  while (stream->Read(&response)) EXPECT_EQ(response.number(), ++last);
  EXPECT_EQ(last, 2000);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(GrpcDoor, EndsAServerStreamAsItsServiceDoes) {
  const auto context = WithKey();
  const auto stream = Count(*context, -1);
  EchoResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(ReasonOf(rpc::FromGrpc(stream->Finish(), "gateway")), reason::kFailedPrecondition);
}

TEST_F(GrpcDoor, TellsTheServiceThatAReaderLeft) {
  const auto context = WithKey();
  const auto stream = Count(*context, 1'000'000'000);
  EchoResponse response;
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(stream->Read(&response));
  context->TryCancel();
  EXPECT_FALSE(stream->Finish().ok());
  echo_.AwaitReaderGone();
}

TEST_F(GrpcDoor, EndsServerStreamsWhenItEnds) {
  const auto context = WithKey();
  const auto stream = Count(*context, 1'000'000'000);
  EchoResponse response;
  ASSERT_TRUE(stream->Read(&response));
  ending_.request_stop();
  while (stream->Read(&response)) {
  }
  const absl::Status status = rpc::FromGrpc(stream->Finish(), "gateway");
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(DetailsOf(status).domain, "gateway.limpid");
  echo_.AwaitReaderGone();

  const auto late = WithKey();
  EXPECT_EQ(Count(*late, 1'000'000'000)->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(GrpcDoor, PassesABidiStreamBothWays) {
  const auto context = WithKey();
  const auto stream = EchoEach(*context);
  std::thread writer([&] {
    for (int i = 0; i < 2000; ++i) EXPECT_TRUE(stream->Write(Text(std::to_string(i))));
    stream->WritesDone();
  });
  std::set<std::string> answers;
  EchoResponse response;
  while (stream->Read(&response)) answers.insert(response.text());
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(answers.size(), 2000u);
}

TEST_F(GrpcDoor, EndsABidiStreamAtTheErrorOfItsService) {
  const auto context = WithKey();
  const auto stream = EchoEach(*context);
  EXPECT_TRUE(stream->Write(Text("stop")));
  EchoResponse response;
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(ReasonOf(rpc::FromGrpc(stream->Finish(), "gateway")), reason::kFailedPrecondition);
}

TEST_F(GrpcDoor, RefusesStreamsLikeOtherCalls) {
  const auto count_context = WithKey("Bearer reader");
  EXPECT_EQ(Count(*count_context, 3)->Finish().error_code(), grpc::StatusCode::PERMISSION_DENIED);
  const auto each_context = WithKey("Bearer unknown");
  const auto each = EchoEach(*each_context);
  EchoResponse response;
  EXPECT_FALSE(each->Read(&response));
  EXPECT_EQ(each->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(GrpcDoor, SaysThatAServiceWhichIsGoneIsUnavailable) {
  echo_.server().Drain(absl::ZeroDuration());
  const absl::Status unary = Say(rpc::kEchoPath, *WithKey()).status();
  EXPECT_EQ(unary.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(unary), reason::kServiceUnavailable);
  const auto context = WithKey();
  EXPECT_EQ(rpc::FromGrpc(Count(*context, 3)->Finish(), "gateway").code(), absl::StatusCode::kUnavailable);
}

// What once crashed a forwarder: operations started on a call that had ended. Many streams at once, which end
// by themselves, by an error of the service, or by a caller that leaves, at every moment.
TEST_F(GrpcDoor, SurvivesStreamsThatEndAtAnyMoment) {
  constexpr int kThreads = 16;
  constexpr int kRounds = 60;
  std::atomic<int> ended = 0;
  std::vector<std::thread> callers;
  for (int thread = 0; thread < kThreads; ++thread) {
    callers.emplace_back([&, thread] {
      for (int round = 0; round < kRounds; ++round) {
        const int kind = (thread * 31 + round * 7) % 12;
        const auto context = WithKey();
        EchoResponse response;
        if (kind < 4) {
          const auto stream = Count(*context, 20);
          for (int i = 0; i < round % 25 && stream->Read(&response); ++i) {
          }
          if (kind < 2) context->TryCancel();
          while (stream->Read(&response)) {
          }
          stream->Finish();
        } else {
          const auto stream = EchoEach(*context);
          for (int i = 0; i < round % 6; ++i) stream->Write(Text(kind == 5 && i == 3 ? "stop" : "go on"));
          if (kind < 8) context->TryCancel();
          if (kind != 9) stream->WritesDone();
          if (kind == 9) context->TryCancel();
          while (stream->Read(&response)) {
          }
          stream->Finish();
        }
        ++ended;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(ended, kThreads * kRounds);
  EXPECT_TRUE(Say(rpc::kEchoPath, *WithKey()).ok());
}

TEST_F(GrpcDoor, SurvivesAServiceThatDiesUnderItsStreams) {
  std::vector<std::thread> callers;
  std::latch reading(8);
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&, i] {
      const auto context = WithKey();
      EchoResponse response;
      if (i % 2 == 0) {
        const auto stream = Count(*context, 1'000'000'000);
        EXPECT_TRUE(stream->Read(&response));
        reading.count_down();
        while (stream->Read(&response)) {
        }
        EXPECT_FALSE(stream->Finish().ok());
      } else {
        const auto stream = EchoEach(*context);
        EXPECT_TRUE(stream->Write(Text("first")));
        EXPECT_TRUE(stream->Read(&response));
        reading.count_down();
        while (stream->Write(Text("next")) && stream->Read(&response)) {
        }
        EXPECT_FALSE(stream->Finish().ok());
      }
    });
  }
  reading.wait();
  echo_.server().Drain(absl::ZeroDuration());
  for (std::thread& caller : callers) caller.join();
}

}  // namespace
}  // namespace limpid::gateway
