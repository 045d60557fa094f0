// What a client can send that no client of ours would.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/rpc/metadata.h"
#include "libs/rpc/status.h"
#include "tests/libs/rpc/echo_server.h"
#include "tests/libs/rpc/raw_calls.h"

namespace limpid::rpc {
namespace {

class Hostile : public ::testing::Test {
 protected:
  std::unique_ptr<grpc::ClientContext> Signed() {
    auto context = std::make_unique<grpc::ClientContext>();
    context->AddMetadata(kCallKey,
                         server_.signer()->Sign({.tenant = TenantId("acme"), .role = Role::kStandard}));
    return context;
  }

  EchoServer server_;
};

TEST_F(Hostile, CallWithoutASignatureIsRefused) {
  for (const char* token : {"", "forged.token"}) {
    grpc::ClientContext context;
    if (*token != '\0') context.AddMetadata(kCallKey, token);
    const absl::Status status = FromGrpc(RawCall(server_.channel(), kEchoPath, "", context), "echo");
    EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(ReasonOf(status), reason::kPrincipalInvalid);
  }
  EXPECT_EQ(server_.echoed(), 0);
}

TEST_F(Hostile, BrokenMessageIsAnInvalidArgument) {
  const absl::Status status = FromGrpc(RawCall(server_.channel(), kEchoPath, "\xff\xff", *Signed()), "echo");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), reason::kMalformedMessage);
  EXPECT_EQ(DetailsOf(status).domain, "echo.limpid");
}

TEST_F(Hostile, CallWithoutAMessageIsAnInvalidArgument) {
  static const std::string count_path = "/limpid.testing.v1.EchoService/Count";
  for (const std::string& path : {kEchoPath, count_path}) {
    const absl::Status status = FromGrpc(CallWithoutMessage(server_.channel(), path, *Signed()), "echo");
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ReasonOf(status), reason::kMalformedMessage);
  }
}

TEST_F(Hostile, TextThatIsNotUtf8IsNamed) {
  const absl::Status status =
      FromGrpc(RawCall(server_.channel(), kEchoPath, "\x0a\x01\xff", *Signed()), "echo");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  ASSERT_EQ(DetailsOf(status).violations.size(), 1u);
  EXPECT_EQ(DetailsOf(status).violations[0].field, "text");
}

TEST_F(Hostile, MessageAboveTheLimitIsRefused) {
  EchoRequest request;
  request.set_text(std::string(5 * 1024 * 1024, 'x'));
  const grpc::Status status = RawCall(server_.channel(), kEchoPath, request.SerializeAsString(), *Signed());
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(server_.echoed(), 0);
}

TEST_F(Hostile, CompressedMessageIsRefusedBeforeItIsInflated) {
  // A channel of its own: ours never compress.
  const auto channel = grpc::CreateChannel(server_.target(), grpc::InsecureChannelCredentials());
  EchoRequest request;
  request.set_text(std::string(2 * 1024 * 1024, 'x'));
  const auto context = Signed();
  context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
  const grpc::Status status = RawCall({.grpc = channel}, kEchoPath, request.SerializeAsString(), *context);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(server_.echoed(), 0);
}

TEST_F(Hostile, MetadataAboveTheLimitIsRefused) {
  const auto context = Signed();
  context->AddMetadata("x-large", std::string(64 * 1024, 'x'));
  EXPECT_FALSE(RawCall(server_.channel(), kEchoPath, "", *context).ok());
  EXPECT_EQ(server_.echoed(), 0);
}

TEST_F(Hostile, IdempotencyKeyOfTheWrongLengthIsNamed) {
  for (const std::string& key : {std::string(), std::string(256, 'k')}) {
    const auto context = Signed();
    context->AddMetadata(kIdempotencyKeyKey, key);
    const absl::Status status = FromGrpc(RawCall(server_.channel(), kEchoPath, "", *context), "echo");
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    ASSERT_EQ(DetailsOf(status).violations.size(), 1u);
    EXPECT_EQ(DetailsOf(status).violations[0].field, "idempotency-key");
  }
}

TEST_F(Hostile, UnknownMethodIsUnimplemented) {
  static const std::string path = "/limpid.testing.v1.EchoService/Nothing";
  EXPECT_EQ(RawCall(server_.channel(), path, "", *Signed()).error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(Hostile, StreamsThatAreNeverFinishedStarveNobody) {
  // More than one connection may have: the rest wait in the client.
  const auto channel = grpc::CreateChannel(server_.target(), grpc::InsecureChannelCredentials());
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::GenericClientAsyncReaderWriter>> streams;
  for (int i = 0; i < 4000; ++i) {
    contexts.push_back(Signed());
    streams.push_back(stub.PrepareCall(contexts.back().get(), kEchoEachPath, &queue));
    streams.back()->StartCall(nullptr);
  }
  EXPECT_TRUE(Say(server_.peer(), "Echo", StandardCall().Within(absl::Seconds(30))).ok());
  for (const auto& context : contexts) context->TryCancel();
  queue.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) {
  }
}

}  // namespace
}  // namespace limpid::rpc
