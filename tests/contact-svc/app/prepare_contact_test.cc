#include "contact-svc/app/prepare_contact.h"

#include <gmock/gmock.h>

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(EventOf, AServiceNamesTheRunThatLedToTheChange) {
  Call call;
  call.request_id = "e1-fill";
  call.role = Role::kService;
  EXPECT_THAT(EventOf(call, event_type::kUpdated, {}, {}, absl::UnixEpoch()).causes, ElementsAre("e1-fill"));
}

TEST(EventOf, ACallersRequestIsNoCause) {
  Call call;
  call.request_id = "r1";
  call.role = Role::kStandard;
  EXPECT_THAT(EventOf(call, event_type::kUpdated, {}, {}, absl::UnixEpoch()).causes, IsEmpty());
}

}  // namespace
}  // namespace limpid::contact
