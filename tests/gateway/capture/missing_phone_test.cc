#include "gateway/capture/missing_phone.h"

#include <string>

#include <gtest/gtest.h>

namespace limpid::gateway {
namespace {

using type::v1::Depth;
using type::v1::PhoneStatus;
using verify::v1::PhoneType;
using verify::v1::PhoneVerdict;
using verify::v1::Reachability;

PhoneVerdict Mobile(Reachability::Value reachability, const char* reason = "") {
  PhoneVerdict verdict;
  verdict.set_status(PhoneStatus::VALID);
  verdict.set_type(PhoneType::MOBILE);
  verdict.set_reachability(reachability);
  if (*reason != '\0') verdict.add_reasons(reason);
  return verdict;
}

std::string Missing(const PhoneVerdict& verdict, Depth::Value wanted = Depth::DEEP,
                    Depth::Value offered = Depth::DEEP) {
  const auto missing = MissingPhonePart(wanted, offered, verdict);
  if (!missing) return "";
  EXPECT_EQ(missing->part, "PHONE_NETWORK");
  return std::string(missing->reason);
}

TEST(MissingPhonePart, IsNothingWhenTheNetworkTold) {
  EXPECT_EQ(Missing(Mobile(Reachability::REACHABLE)), "");
  EXPECT_EQ(Missing(Mobile(Reachability::ABSENT)), "");
  EXPECT_EQ(Missing(Mobile(Reachability::UNKNOWN)), "") << "the network was asked and does not tell";
  PhoneVerdict carrier_only = Mobile(Reachability::NOT_CHECKED);
  carrier_only.add_sources();
  EXPECT_EQ(Missing(carrier_only), "");
}

TEST(MissingPhonePart, SaysWhyTheNetworkDidNotTell) {
  EXPECT_EQ(Missing(Mobile(Reachability::NOT_CHECKED, "COUNTRY_NOT_ALLOWED")), "NOT_ALLOWED");
  EXPECT_EQ(Missing(Mobile(Reachability::UNKNOWN, "BUDGET_SPENT")), "BUDGET_SPENT");
  EXPECT_EQ(Missing(Mobile(Reachability::UNKNOWN, "PROVIDER_TIMEOUT")), "BUDGET_SPENT");
  EXPECT_EQ(Missing(Mobile(Reachability::UNKNOWN, "PROVIDER_BUSY")), "SERVICE_UNAVAILABLE");
  EXPECT_EQ(Missing(Mobile(Reachability::UNKNOWN, "PROVIDER_REFUSED")), "SERVICE_UNAVAILABLE");
  EXPECT_EQ(Missing(Mobile(Reachability::UNKNOWN, "NO_COVERAGE")), "DEPTH_NOT_OFFERED");
  EXPECT_EQ(Missing(Mobile(Reachability::NOT_CHECKED)), "NOT_ALLOWED") << "the tenant names no provider";
  EXPECT_EQ(Missing(Mobile(Reachability::NOT_CHECKED), Depth::DEEP, Depth::STANDARD), "DEPTH_NOT_OFFERED");
}

TEST(MissingPhonePart, IsNothingWhereNoNetworkIsAsked) {
  EXPECT_EQ(Missing(Mobile(Reachability::NOT_CHECKED), Depth::FAST), "");
  EXPECT_EQ(Missing(Mobile(Reachability::NOT_CHECKED), Depth::STANDARD), "");
  PhoneVerdict fixed = Mobile(Reachability::NOT_CHECKED);
  fixed.set_type(PhoneType::FIXED_LINE);
  EXPECT_EQ(Missing(fixed), "");
  PhoneVerdict invalid = Mobile(Reachability::NOT_CHECKED);
  invalid.set_status(PhoneStatus::INVALID);
  EXPECT_EQ(Missing(invalid), "");
}

}  // namespace
}  // namespace limpid::gateway
