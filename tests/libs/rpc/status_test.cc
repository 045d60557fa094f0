#include "libs/rpc/status.h"

#include <gmock/gmock.h>
#include <grpcpp/support/status.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::rpc {
namespace {

TEST(Status, KeepsCodeSentenceAndDetailsOnItsWay) {
  ErrorCollector errors;
  errors.Add("email", reason::kTooLong, "Too long.");
  errors.Add("phones[1].value", reason::kRequired, "Required.");
  const absl::Status sent =
      WithRetryAfter(WithDomain(errors.Finish(), "verify.limpid"), absl::Milliseconds(1500));
  const grpc::Status wire = ToGrpc(sent);
  EXPECT_EQ(wire.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const absl::Status received = FromGrpc(wire, "verify-svc");
  EXPECT_EQ(received, sent);
  const ErrorDetails details = DetailsOf(received);
  EXPECT_EQ(details.domain, "verify.limpid");
  EXPECT_EQ(details.violations, errors.violations());
  EXPECT_EQ(details.retry_after, absl::Milliseconds(1500));
}

TEST(Status, KeepsTheNameOfWhatIsMissing) {
  const ErrorDetails details = DetailsOf(FromGrpc(ToGrpc(NotFound("contact", "c1")), "contact-svc"));
  EXPECT_EQ(details.resource_kind, "contact");
  EXPECT_EQ(details.resource_id, "c1");
}

TEST(Status, OkIsOkBothWays) {
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  EXPECT_TRUE(FromGrpc(grpc::Status::OK, "x").ok());
}

TEST(Status, FitsIntoTrailersWhateverItHolds) {
  absl::Status status = MakeError(absl::StatusCode::kInvalidArgument, "REASON", std::string(100'000, 'm'));
  status.SetPayload(Absl(kBadRequestType), absl::Cord(std::string(100'000, 'x')));
  const grpc::Status wire = ToGrpc(status);
  EXPECT_LE(wire.error_details().size() * 4 / 3 + wire.error_message().size(), 8000u);
  EXPECT_EQ(ReasonOf(FromGrpc(wire, "x")), "REASON");
}

TEST(Status, CutsALongSentenceBetweenCharacters) {
  const grpc::Status wire = ToGrpc(absl::InvalidArgumentError(StrCat("x", [] {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "é";
    return text;
  }())));
  EXPECT_EQ(wire.error_message().size() % 2, 1u);
  EXPECT_EQ(FromGrpc(wire, "x").message(), wire.error_message());
}

TEST(Status, GivesWhatTheTransportSaysAReason) {
  const absl::Status gone =
      FromGrpc(grpc::Status(grpc::StatusCode::UNAVAILABLE, "ipv4:10.0.0.1 refused"), "verify-svc");
  EXPECT_EQ(ReasonOf(gone), reason::kServiceUnavailable);
  EXPECT_THAT(std::string(gone.message()), ::testing::Not(::testing::HasSubstr("10.0.0.1")));
  EXPECT_EQ(ReasonOf(FromGrpc(grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, ""), "x")),
            reason::kDeadlineExceeded);
  EXPECT_EQ(ReasonOf(FromGrpc(grpc::Status(grpc::StatusCode::CANCELLED, ""), "x")), reason::kCancelled);
  EXPECT_EQ(ReasonOf(FromGrpc(grpc::Status(grpc::StatusCode::CANCELLED, ""), "x", /*stopped=*/false)),
            reason::kServiceUnavailable);
  EXPECT_EQ(FromGrpc(grpc::Status(grpc::StatusCode::DATA_LOSS, "?"), "x").code(),
            absl::StatusCode::kDataLoss);
}

TEST(Status, SurvivesBrokenDetails) {
  const absl::Status status = FromGrpc(grpc::Status(grpc::StatusCode::ABORTED, "why", "\xff\xff\xff"), "x");
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(status.message(), "why");
}

}  // namespace
}  // namespace limpid::rpc
