#include "libs/base/error.h"

#include <string>

#include <gmock/gmock.h>

#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Error, FieldViolationIsReadBackAsItWasWritten) {
  const absl::Status status = InvalidField("contact.phones[1].value", reason::kRequired, "Give the number.");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "REQUIRED");
  EXPECT_THAT(DetailsOf(status).violations,
              ElementsAre(FieldViolation{"contact.phones[1].value", "REQUIRED", "Give the number."}));
}

TEST(Error, CollectorGathersAllViolationsWithTheirPaths) {
  ErrorCollector errors;
  errors.Add("email", reason::kTooLong, "At most 320 characters.");
  errors.Merge("contact", InvalidField("phones[0]", reason::kRequired, "Give it."));
  errors.Merge("requests", InvalidField("[3].email", reason::kRequired, "Give it."));
  const ErrorDetails details = DetailsOf(errors.Finish());
  ASSERT_THAT(details.violations, SizeIs(3));
  EXPECT_EQ(details.violations[1].field, "contact.phones[0]");
  EXPECT_EQ(details.violations[2].field, "requests[3].email");
  EXPECT_EQ(details.reason, "INVALID_REQUEST");
}

TEST(Error, WhatACallerSentIsNotRepeatedAtLength) {
  ErrorCollector errors;
  const std::string name = "x" + [] {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "é";
    return text;
  }();
  errors.Add(name, reason::kUnknownField, "There is no " + name);
  const FieldViolation& violation = errors.violations().front();
  EXPECT_LT(violation.field.size(), 520u);
  EXPECT_LT(violation.message.size(), 1030u);
  EXPECT_TRUE(violation.field.ends_with("é…")) << violation.field;
  const absl::Status status = errors.Finish();
  EXPECT_EQ(DetailsOf(status).violations.size(), 1u) << "it is told all the same";
  EXPECT_LT(status.message().size(), 1030u);
}

TEST(Error, CollectorWithoutViolationsIsOk) { EXPECT_TRUE(ErrorCollector().Finish().ok()); }

TEST(Error, AtMostFiftyViolationsAreSentAndTheRestIsCounted) {
  ErrorCollector errors;
  for (int i = 0; i < 60; ++i) errors.Add("f", "R", "m");
  const ErrorDetails details = DetailsOf(errors.Finish());
  EXPECT_THAT(details.violations, SizeIs(50));
  EXPECT_THAT(details.metadata, ElementsAre(std::pair<std::string, std::string>("more", "10")));
}

TEST(Error, DetailsStayUnderFourKibibytes) {
  ErrorCollector errors;
  for (int i = 0; i < 50; ++i) errors.Add("field", "REASON", std::string(300, 'x'));
  const absl::Status status = errors.Finish();
  EXPECT_LE(status.GetPayload(Absl(kBadRequestType))->size(), 4096u + 512u);
  EXPECT_LT(DetailsOf(status).violations.size(), 50u);
}

TEST(Error, RetryDelayAndDomainAreReadBack) {
  const absl::Status status = WithDomain(RateLimited(absl::Milliseconds(1500)), "gateway.limpid");
  const ErrorDetails details = DetailsOf(status);
  EXPECT_EQ(details.retry_after, absl::Milliseconds(1500));
  EXPECT_EQ(details.domain, "gateway.limpid");
  EXPECT_EQ(details.reason, "RATE_LIMITED");
}

TEST(Error, TheFirstDomainNamedStays) {
  const absl::Status status = WithDomain(WithDomain(Cancelled(), "verify.limpid"), "gateway.limpid");
  EXPECT_EQ(DetailsOf(status).domain, "verify.limpid");
}

TEST(Error, NotFoundNamesTheResource) {
  const ErrorDetails details = DetailsOf(NotFound("contact", "contacts/1"));
  EXPECT_EQ(details.resource_kind, "contact");
  EXPECT_EQ(details.resource_id, "contacts/1");
}

TEST(Error, BrokenPayloadsAreLeftOut) {
  absl::Status status(absl::StatusCode::kInternal, "x");
  status.SetPayload(Absl(kBadRequestType), absl::Cord("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"));
  status.SetPayload(Absl(kErrorInfoType), absl::Cord("\x0a\x7f"));
  EXPECT_THAT(DetailsOf(status).violations, IsEmpty());
  EXPECT_EQ(DetailsOf(status).reason, "");
}

TEST(Reasons, EachIsListedOnceInUpperSnake) {
  for (size_t i = 0; i < reason::kAll.size(); ++i) {
    EXPECT_THAT(std::string(reason::kAll[i].reason), testing::MatchesRegex("[A-Z][A-Z0-9_]+"));
    for (size_t j = 0; j < i; ++j) EXPECT_NE(reason::kAll[i].reason, reason::kAll[j].reason);
  }
}

}  // namespace
}  // namespace limpid
