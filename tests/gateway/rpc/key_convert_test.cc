#include "gateway/rpc/key_convert.h"

#include <gmock/gmock.h>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/reflection.h"

namespace limpid::gateway {
namespace {

using ::testing::ElementsAre;
using WireRole = type::v1::Role;

ApiKey WholeKey() {
  return {.id = KeyId("k42"),
          .tenant = TenantId("acme"),
          .display_name = "Shop form",
          .role = Role::kCapture,
          .origins = {"https://a.example", "https://b.example"},
          .rate_per_minute = 90,
          .secret_prefix = "lk_abcde",
          .create_time = absl::FromUnixMicros(1'000'001),
          .revoke_time = absl::FromUnixSeconds(2),
          .previous_expire_time = absl::FromUnixSeconds(3)};
}

TEST(KeyToProto, FillsEveryField) {
  const v1::Key wire = ToProto(IssuedKey{.key = WholeKey(), .secret = "lk_secret"}, 5);
  std::vector<const google::protobuf::FieldDescriptor*> set;
  wire.GetReflection()->ListFields(wire, &set);
  EXPECT_EQ(static_cast<int>(set.size()), wire.GetDescriptor()->field_count());
  EXPECT_EQ(wire.name(), "keys/k42");
  EXPECT_EQ(wire.display_name(), "Shop form");
  EXPECT_EQ(wire.role(), WireRole::CAPTURE);
  EXPECT_THAT(wire.origins(), ElementsAre("https://a.example", "https://b.example"));
  EXPECT_EQ(wire.rate_per_minute(), 90);
  EXPECT_EQ(wire.secret(), "lk_secret");
  EXPECT_EQ(wire.secret_prefix(), "lk_abcde");
  EXPECT_EQ(wire.create_time().seconds(), 1);
  EXPECT_EQ(wire.create_time().nanos(), 1000);
  EXPECT_EQ(wire.revoke_time().seconds(), 2);
  EXPECT_EQ(wire.previous_expire_time().seconds(), 3);
}

TEST(KeyToProto, ShowsTheRateInForceAndNoSecret) {
  ApiKey key = WholeKey();
  key.rate_per_minute = std::nullopt;
  key.revoke_time = std::nullopt;
  const v1::Key wire = ToProto(key, 5);
  EXPECT_EQ(wire.rate_per_minute(), 5);
  EXPECT_EQ(wire.secret(), "");
  EXPECT_FALSE(wire.has_revoke_time());
}

TEST(KeyFromProto, ReadsWhatACallerMaySay) {
  v1::Key wire;
  wire.set_display_name("Shop form");
  wire.set_role(WireRole::CAPTURE);
  wire.add_origins("https://a.example");
  wire.set_rate_per_minute(90);
  ErrorCollector errors;
  const KeyDraft draft = FromProto(wire, "key", errors);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(draft.display_name, "Shop form");
  EXPECT_EQ(draft.role, Role::kCapture);
  EXPECT_THAT(draft.origins, ElementsAre("https://a.example"));
  EXPECT_EQ(draft.rate_per_minute, 90);
}

TEST(KeyFromProto, RefusesEachFieldThatTheGatewaySets) {
  ErrorCollector errors;
  FromProto(ToProto(IssuedKey{.key = WholeKey(), .secret = "lk_secret"}, 5), "key", errors);
  std::vector<std::string> fields;
  for (const FieldViolation& violation : errors.violations()) {
    EXPECT_EQ(violation.reason, "READ_ONLY");
    fields.push_back(violation.field);
  }
  EXPECT_THAT(fields, ElementsAre("key.name", "key.secret", "key.secret_prefix", "key.create_time",
                                  "key.revoke_time", "key.previous_expire_time"));
}

TEST(KeyFromProto, KnowsEveryRoleAKeyCanHave) {
  const std::pair<WireRole::Value, Role> roles[] = {{WireRole::ROLE_UNSPECIFIED, Role::kNone},
                                                    {WireRole::OPERATOR, Role::kOperator},
                                                    {WireRole::ADMIN, Role::kAdmin},
                                                    {WireRole::STANDARD, Role::kStandard},
                                                    {WireRole::READER, Role::kReader},
                                                    {WireRole::CAPTURE, Role::kCapture},
                                                    {WireRole::ANYONE, Role::kService},
                                                    {WireRole::SERVICE, Role::kService},
                                                    {static_cast<WireRole::Value>(99), Role::kService}};
  for (const auto& [wire_role, role] : roles) {
    v1::Key wire;
    wire.set_role(wire_role);
    ErrorCollector errors;
    EXPECT_EQ(FromProto(wire, "key", errors).role, role) << wire_role;
    ApiKey key;
    key.role = role;
    if (role != Role::kService) {
      EXPECT_EQ(ToProto(key, 1).role(), wire_role);
    }
  }
}

TEST(DurationFromProto, RefusesPartsThatDoNotGoTogether) {
  const auto read = [](int64_t seconds, int32_t nanos, ErrorCollector& errors) {
    google::protobuf::Duration wire;
    wire.set_seconds(seconds);
    wire.set_nanos(nanos);
    return FromProto(wire, "overlap", errors);
  };
  ErrorCollector errors;
  EXPECT_EQ(read(1, 500'000'000, errors), absl::Milliseconds(1500));
  EXPECT_EQ(read(-1, -500'000'000, errors), absl::Milliseconds(-1500));
  EXPECT_TRUE(errors.empty());
  for (const auto& [seconds, nanos] : {std::pair<int64_t, int32_t>{1, -1}, {-1, 1}, {0, 1'000'000'000}}) {
    ErrorCollector faults;
    read(seconds, nanos, faults);
    EXPECT_EQ(faults.violations().size(), 1u);
  }
}

TEST(TimeToProto, KeepsMicrosecondsBeforeTheEpochToo) {
  const google::protobuf::Timestamp wire = ToProto(absl::FromUnixMicros(-1));
  EXPECT_EQ(wire.seconds(), -1);
  EXPECT_EQ(wire.nanos(), 999'999'000);
}

}  // namespace
}  // namespace limpid::gateway
