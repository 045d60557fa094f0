#include "gateway/doors/key_gatekeeper.h"

#include <future>
#include <map>
#include <optional>
#include <string>

#include <gmock/gmock.h>

#include "google/protobuf/descriptor.h"
#include "limpid/gateway/v1/capture_service.pb.h"
#include "limpid/gateway/v1/key_service.pb.h"
#include "limpid/verify/v1/phone_report_service.pb.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "tests/gateway/identity_fixture.h"

namespace limpid::gateway {
namespace {

using ::testing::Contains;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

using Values = std::multimap<std::string, std::string, std::less<>>;

class Metadata final : public rpc::CallMetadata {
 public:
  explicit Metadata(Values values) : values_(std::move(values)) {}
  std::optional<std::string_view> Get(std::string_view name) const override {
    const auto it = values_.find(name);
    if (it == values_.end()) return std::nullopt;
    return it->second;
  }
  std::vector<std::string_view> GetAll(std::string_view name) const override {
    std::vector<std::string_view> all;
    const auto [begin, end] = values_.equal_range(name);
    for (auto it = begin; it != end; ++it) all.push_back(it->second);
    return all;
  }
  std::string Peer() const override { return "ipv4:192.0.2.1:50123"; }

 private:
  const Values values_;
};

class KeyGatekeeperTest : public IdentityTest {
 protected:
  const google::protobuf::MethodDescriptor& Method(const std::string& name) {
    return *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName("limpid.gateway.v1." + name);
  }
  static http::Request Post(const std::string& secret, const std::string& origin) {
    http::Request request("POST", "/v1/capture:check");
    request.AddHeader("authorization", StrCat("Bearer ", secret));
    if (!origin.empty()) request.AddHeader("origin", origin);
    request.remote_address = "192.0.2.1";
    return request;
  }
  Admission Admit(const http::Request& request) {
    std::promise<Admission> admission;
    gatekeeper_.Admit(request, Method("CaptureService.Check"),
                      [&](Admission made) { admission.set_value(std::move(made)); });
    return admission.get_future().get();
  }
  absl::StatusOr<rpc::Principal> AdmitByGrpc(Values metadata) {
    const Metadata given(std::move(metadata));
    std::promise<absl::StatusOr<rpc::Principal>> principal;
    grpc_door_.Authenticate(
        given, [&](absl::StatusOr<rpc::Principal> made) { principal.set_value(std::move(made)); });
    return principal.get_future().get();
  }

  KeyCache cache_{{}};
  Executor executor_{{.name = "identity", .threads = 1}};
  Authenticator authenticator_{{.refusals = {.per_minute = 3}}, *store_, cache_, executor_, clock_};
  redis::KeyHasher hasher_{"secret"};
  redis::SharedTokenBucket buckets_{{.interval = absl::InfiniteDuration()}, nullptr, hasher_, clock_};
  Quota quota_{buckets_, /*keyless_per_minute=*/20};
  KeyGatekeeper gatekeeper_{authenticator_, quota_};
  // The peer of every call over gRPC is such a proxy.
  KeyDoorAuthenticator grpc_door_{
      authenticator_, quota_,
      TrustedProxies::Parse(std::vector<std::string>{"192.0.2.0/28"}, "X-Forwarded-For").value()};
};

TEST_F(KeyGatekeeperTest, AdmitsAFormFromItsOwnSiteHoweverShortItsName) {
  for (const char* const origin : {"https://a.fr", "https://a-rather-long-name-of-a-shop.example:8443"}) {
    const std::string secret = NewKey({.role = Role::kCapture, .origins = {origin}}).secret;
    for (int i = 0; i < 2; ++i) {  // from the store, then from the cache
      const Admission admission = Admit(Post(secret, origin));
      EXPECT_EQ(admission.status, absl::OkStatus()) << origin;
      EXPECT_EQ(admission.principal.role, Role::kCapture);
      EXPECT_EQ(admission.principal.tenant, call_.tenant);
      EXPECT_THAT(admission.headers, Contains(Pair("Access-Control-Allow-Origin", origin)));
    }
    const Admission foreign = Admit(Post(secret, "https://b.fr"));
    EXPECT_EQ(ReasonOf(foreign.status), reason::kOriginNotAllowed);
    EXPECT_THAT(foreign.headers, Not(Contains(Key("Access-Control-Allow-Origin"))));
  }
}

TEST_F(KeyGatekeeperTest, KeepsEachKeyToItsRate) {
  const std::string secret = NewKey({.role = Role::kStandard, .rate_per_minute = 10}).secret;
  EXPECT_EQ(Admit(Post(secret, "")).status, absl::OkStatus());
  const Admission second = Admit(Post(secret, ""));
  EXPECT_EQ(ReasonOf(second.status), reason::kRateLimited);
  EXPECT_GT(DetailsOf(second.status).retry_after, absl::ZeroDuration());
  EXPECT_EQ(Admit(Post(NewKey().secret, "")).status, absl::OkStatus());
  clock_.Advance(absl::Seconds(6));
  EXPECT_EQ(Admit(Post(secret, "")).status, absl::OkStatus());
}

TEST_F(KeyGatekeeperTest, SpendsOneQuotaAtBothDoors) {
  const std::string secret = NewKey({.role = Role::kStandard, .rate_per_minute = 10}).secret;
  EXPECT_EQ(Admit(Post(secret, "")).status, absl::OkStatus());
  EXPECT_EQ(ReasonOf(AdmitByGrpc({{"authorization", StrCat("Bearer ", secret)}}).status()),
            reason::kRateLimited);
}

TEST_F(KeyGatekeeperTest, KnowsKeysAtTheGrpcDoor) {
  const IssuedKey key = NewKey();
  const auto principal = AdmitByGrpc({{"authorization", StrCat("Bearer ", key.secret)}});
  ASSERT_TRUE(principal.ok()) << principal.status();
  EXPECT_EQ(*principal, (rpc::Principal{.tenant = call_.tenant, .role = Role::kStandard, .key = key.key.id}));
  EXPECT_EQ(ReasonOf(AdmitByGrpc({}).status()), reason::kCredentialsMissing);
}

TEST_F(KeyGatekeeperTest, KeepsEachAddressToTheRateOfCallsWithoutAKey) {
  const auto report = [this](const char* address) {
    http::Request request("POST", "/v1/phoneReports/x");
    request.remote_address = address;
    std::promise<Admission> admission;
    gatekeeper_.Admit(request,
                      *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
                          "limpid.verify.v1.PhoneReportService.TakePhoneReport"),
                      [&](Admission made) { admission.set_value(std::move(made)); });
    return admission.get_future().get().status;
  };
  for (int i = 0; i < 2; ++i) EXPECT_EQ(report("192.0.2.1"), absl::OkStatus());
  EXPECT_EQ(ReasonOf(report("192.0.2.1")), reason::kRateLimited);
  EXPECT_EQ(report("192.0.2.2"), absl::OkStatus());
  EXPECT_EQ(ReasonOf(AdmitByGrpc({{"x-forwarded-for", "192.0.2.99"}}).status()), reason::kCredentialsMissing);
  EXPECT_EQ(ReasonOf(AdmitByGrpc({{"x-forwarded-for", "192.0.2.99"}}).status()), reason::kCredentialsMissing);
  EXPECT_EQ(ReasonOf(AdmitByGrpc({{"x-forwarded-for", "192.0.2.99"}}).status()), reason::kRateLimited);
  clock_.Advance(absl::Seconds(3));
  EXPECT_EQ(report("192.0.2.1"), absl::OkStatus());
}

TEST_F(KeyGatekeeperTest, TellsTheCallersBehindAProxyApart) {
  const auto guess = [this](const std::string& client) {
    Values metadata = {{"authorization", "Bearer guessed"}, {"x-forwarded-for", "203.0.113.1"}};
    metadata.emplace("x-forwarded-for", client);
    return std::string(ReasonOf(AdmitByGrpc(std::move(metadata)).status()));
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(guess("198.51.100.1"), reason::kCredentialsInvalid);
  EXPECT_EQ(guess("198.51.100.1"), reason::kRateLimited);
  EXPECT_EQ(guess("198.51.100.2"), reason::kCredentialsInvalid);
  EXPECT_EQ(guess("198.51.100.1, 192.0.2.2"), reason::kRateLimited) << "by way of two proxies";
}

TEST_F(KeyGatekeeperTest, OpensOnlyWhatFormsMayCallToOtherSites) {
  http::Request preflight("OPTIONS", "/");
  preflight.AddHeader("origin", "https://a.fr");
  preflight.AddHeader("access-control-request-method", "POST");
  EXPECT_THAT(gatekeeper_.Preflight(preflight, Method("CaptureService.Submit")),
              Contains(Pair("Access-Control-Allow-Origin", "https://a.fr")));
  EXPECT_THAT(gatekeeper_.Preflight(preflight, Method("KeyService.CreateKey")),
              Not(Contains(Key("Access-Control-Allow-Origin"))));
}

}  // namespace
}  // namespace limpid::gateway
