#include "gateway/capture/missing_email.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "limpid/type/v1/verdict_status.pb.h"

#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

using ::testing::ElementsAreArray;
using type::v1::Depth;
using type::v1::EmailStatus;

struct Row {
  const char* name;
  Depth::Value wanted;
  Depth::Value offered;
  Depth::Value reached;
  EmailStatus::Value status;
  const char* reason;
  std::vector<std::string> missing;
};

class MissingEmail : public ::testing::TestWithParam<Row> {};

TEST_P(MissingEmail, IsNamedWithItsReason) {
  const Row& row = GetParam();
  verify::v1::EmailVerdict verdict;
  verdict.set_depth_reached(row.reached);
  verdict.set_status(row.status);
  verdict.add_reasons(row.reason);
  std::vector<std::string> missing;
  for (const MissingPart& part : MissingEmailParts(row.wanted, row.offered, verdict)) {
    missing.push_back(StrCat(part.part, " ", part.reason));
  }
  EXPECT_THAT(missing, ElementsAreArray(row.missing));
}

INSTANTIATE_TEST_SUITE_P(Capture, MissingEmail,
                         ::testing::Values(Row{"NothingAtFast",
                                               Depth::FAST,
                                               Depth::DEEP,
                                               Depth::FAST,
                                               EmailStatus::UNKNOWN,
                                               "MAILBOX_NOT_CHECKED",
                                               {}},
                                           Row{"NothingWhenStandardWasReached",
                                               Depth::STANDARD,
                                               Depth::DEEP,
                                               Depth::STANDARD,
                                               EmailStatus::UNKNOWN,
                                               "MAILBOX_NOT_CHECKED",
                                               {}},
                                           Row{"NothingOfAnAddressThatCannotBe",
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               Depth::FAST,
                                               EmailStatus::UNDELIVERABLE,
                                               "SYNTAX",
                                               {}},
                                           Row{"NothingOfADomainThatIsNotThere",
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               Depth::STANDARD,
                                               EmailStatus::UNDELIVERABLE,
                                               "DOMAIN_NOT_FOUND",
                                               {}},
                                           Row{"NothingWhenTheMailboxIsKnown",
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               EmailStatus::DELIVERABLE,
                                               "MAILBOX_EXISTS",
                                               {}},
                                           Row{"DomainInASpentBudget",
                                               Depth::STANDARD,
                                               Depth::DEEP,
                                               Depth::FAST,
                                               EmailStatus::UNKNOWN,
                                               "BUDGET_SPENT",
                                               {"EMAIL_DOMAIN BUDGET_SPENT"}},
                                           Row{"BothInASpentBudget",
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               Depth::FAST,
                                               EmailStatus::RISKY,
                                               "BUDGET_SPENT",
                                               {"EMAIL_DOMAIN BUDGET_SPENT", "EMAIL_MAILBOX BUDGET_SPENT"}},
                                           Row{"DomainBehindABrokenDns",
                                               Depth::STANDARD,
                                               Depth::STANDARD,
                                               Depth::FAST,
                                               EmailStatus::UNKNOWN,
                                               "DNS_ERROR",
                                               {"EMAIL_DOMAIN SERVICE_UNAVAILABLE"}},
                                           Row{"MailboxInASpentBudget",
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               Depth::STANDARD,
                                               EmailStatus::UNKNOWN,
                                               "BUDGET_SPENT",
                                               {"EMAIL_MAILBOX BUDGET_SPENT"}},
                                           Row{"MailboxThatTheTenantDoesNotAskFor",
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               Depth::STANDARD,
                                               EmailStatus::UNKNOWN,
                                               "MAILBOX_NOT_CHECKED",
                                               {"EMAIL_MAILBOX NOT_ALLOWED"}},
                                           Row{"MailboxOfARoleThatTheTenantDoesNotAskFor",
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               Depth::STANDARD,
                                               EmailStatus::RISKY,
                                               "ROLE",
                                               {"EMAIL_MAILBOX NOT_ALLOWED"}},
                                           Row{"MailboxBeyondOurRate",
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               Depth::STANDARD,
                                               EmailStatus::UNKNOWN,
                                               "RATE_LIMITED",
                                               {"EMAIL_MAILBOX RATE_LIMITED"}},
                                           Row{"MailboxBehindAClosedPort",
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               Depth::STANDARD,
                                               EmailStatus::UNKNOWN,
                                               "SMTP_UNAVAILABLE",
                                               {"EMAIL_MAILBOX SERVICE_UNAVAILABLE"}},
                                           Row{"MailboxOfAServerThatDidNotSay",
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               Depth::DEEP,
                                               EmailStatus::UNKNOWN,
                                               "GREYLISTED",
                                               {"EMAIL_MAILBOX SERVICE_UNAVAILABLE"}},
                                           Row{"WhatIsNotOffered",
                                               Depth::DEEP,
                                               Depth::FAST,
                                               Depth::FAST,
                                               EmailStatus::UNKNOWN,
                                               "MAILBOX_NOT_CHECKED",
                                               {"EMAIL_DOMAIN DEPTH_NOT_OFFERED",
                                                "EMAIL_MAILBOX DEPTH_NOT_OFFERED"}},
                                           Row{"MailboxThatIsNotOffered",
                                               Depth::DEEP,
                                               Depth::STANDARD,
                                               Depth::STANDARD,
                                               EmailStatus::UNKNOWN,
                                               "MAILBOX_NOT_CHECKED",
                                               {"EMAIL_MAILBOX DEPTH_NOT_OFFERED"}}),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace limpid::gateway
