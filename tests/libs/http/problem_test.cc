#include "libs/http/problem.h"

#include <string>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::http {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

TEST(Problem, EachErrorHasItsStatus) {
  struct Row {
    absl::Status error;
    int status;
  };
  for (const Row& row : {
           Row{InvalidField("a", reason::kRequired, "m"), 400},
           Row{absl::OutOfRangeError("m"), 400},
           Row{Unauthenticated(reason::kCredentialsMissing, "m"), 401},
           Row{PermissionDenied(reason::kRoleNotAllowed, "m"), 403},
           Row{NotFound("contact", "x"), 404},
           Row{AlreadyExists(reason::kAlreadyExists, "m"), 409},
           Row{absl::AbortedError("m"), 409},
           Row{StaleEtag("contact", "x"), 412},
           Row{FailedPrecondition(reason::kFailedPrecondition, "m"), 409},
           Row{MakeError(absl::StatusCode::kAborted, reason::kIdempotencyKeyInUse, "m"), 409},
           Row{InvalidRequest(reason::kIdempotencyKeyReused, "m"), 422},
           Row{InvalidRequest(reason::kBodyTooLarge, "m"), 413},
           Row{InvalidRequest(reason::kMediaTypeUnsupported, "m"), 415},
           Row{InvalidRequest(reason::kHeadTooLarge, "m"), 431},
           Row{RateLimited(absl::Seconds(2)), 429},
           Row{MakeError(absl::StatusCode::kResourceExhausted, reason::kStorageFull, "m"), 503},
           Row{Cancelled(), 499},
           Row{Unimplemented("m"), 501},
           Row{MakeError(absl::StatusCode::kUnimplemented, reason::kMethodNotAllowed, "m"), 405},
           Row{Unavailable("verify-svc"), 503},
           Row{DeadlineExceeded(), 504},
           Row{absl::InternalError("m"), 500},
       }) {
    EXPECT_EQ(HttpStatusOf(row.error), row.status) << row.error;
    EXPECT_EQ(ProblemResponse(row.error, {}).status, row.status) << row.error;
  }
}

TEST(Problem, ShowsReasonFieldsAndRequest) {
  ErrorCollector errors;
  errors.Add("contact.given_name", reason::kTooLong, "At most 100 characters.");
  errors.Add("custom_fields[\"shoe_size\"]", reason::kWrongType, "Give a \"number\".");
  const Response response =
      ProblemResponse(errors.Finish(), {.instance = "/v1/contacts", .request_id = "req-1"});
  EXPECT_EQ(
      response.body,
      R"({"type":"urn:limpid:error:INVALID_REQUEST",)"
      R"("title":"The request as a whole cannot be read or makes no sense.","status":400,)"
      R"("detail":"2 fields of the request are not right.","instance":"/v1/contacts",)"
      R"("code":"INVALID_ARGUMENT","reason":"INVALID_REQUEST","errors":[)"
      R"({"field":"contact.givenName","reason":"TOO_LONG","message":"At most 100 characters."},)"
      R"({"field":"customFields[\"shoe_size\"]","reason":"WRONG_TYPE","message":"Give a \"number\"."}],)"
      R"("requestId":"req-1"})");
  EXPECT_THAT(response.headers, Contains(Pair("Content-Type", "application/problem+json")));
  EXPECT_THAT(response.headers, Contains(Pair("X-Request-Id", "req-1")));
}

TEST(Problem, CountsTheViolationsThatAreLeftOut) {
  ErrorCollector errors;
  for (int i = 0; i < 60; ++i) errors.Add("f", "R", "m");
  const std::string body = ProblemResponse(errors.Finish(), {}).body;
  EXPECT_THAT(body, HasSubstr(R"("more":10)"));
  EXPECT_THAT(body, Not(HasSubstr("metadata")));
}

TEST(Problem, SaysWhenToAskAgainInWholeSeconds) {
  EXPECT_THAT(ProblemResponse(RateLimited(absl::Milliseconds(1200)), {}).headers,
              Contains(Pair("Retry-After", "2")));
  EXPECT_THAT(ProblemResponse(Overloaded(absl::Milliseconds(250)), {}).headers,
              Contains(Pair("Retry-After", "1")));
  EXPECT_THAT(ProblemResponse(Unavailable("contact-svc"), {}).headers, Contains(Pair("Retry-After", "1")));
  const absl::Status conflict = MakeError(absl::StatusCode::kAborted, reason::kWriteConflict, "m");
  EXPECT_THAT(ProblemResponse(WithRetryAfter(conflict, absl::Seconds(1)), {}).headers,
              Contains(Pair("Retry-After", "1")));
  EXPECT_THAT(ProblemResponse(NotFound("contact", "x"), {}).headers,
              Not(Contains(Pair("Retry-After", testing::_))));
}

TEST(Problem, AsksForAKey) {
  EXPECT_THAT(ProblemResponse(Unauthenticated(reason::kCredentialsMissing, "m"), {}).headers,
              Contains(Pair("WWW-Authenticate", HasSubstr("Bearer"))));
}

TEST(Problem, KeepsWhatBrokeInsideToItself) {
  const Response response = ProblemResponse(absl::InternalError("SELECT secret FROM keys"), {});
  EXPECT_THAT(response.body, Not(HasSubstr("SELECT")));
  EXPECT_THAT(response.body, HasSubstr(R"("reason":"INTERNAL")"));
  EXPECT_THAT(ProblemResponse(absl::UnknownError("leak"), {}).body, Not(HasSubstr("leak")));
}

TEST(Problem, AnErrorOfGrpcItselfGetsAReason) {
  EXPECT_THAT(ProblemResponse(absl::DeadlineExceededError("Deadline Exceeded"), {}).body,
              HasSubstr(R"("reason":"DEADLINE_EXCEEDED")"));
}

TEST(Problem, PathsAreThoseOfJson) {
  EXPECT_EQ(JsonPath("contact.given_name"), "contact.givenName");
  EXPECT_EQ(JsonPath("postal_addresses[1].postal_code"), "postalAddresses[1].postalCode");
  EXPECT_EQ(JsonPath("custom_fields[\"a_b\"].c_d"), "customFields[\"a_b\"].cD");
}

}  // namespace
}  // namespace limpid::http
