// STANDARD through both doors of the suite, with a real DNS server of the test's own behind it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/dns_server.h"
#include "tests/e2e/suite.h"

namespace limpid::e2e {
namespace {

using nlohmann::json;

class Depths : public ::testing::Test {
 protected:
  static json Request(const std::string& email, const std::string& depth) {
    return {{"email", email}, {"depth", depth}};
  }

  const std::unique_ptr<limpid::testing::DnsServer> dns_ =
      limpid::testing::DnsServer::StartDnsmasq(
          {"local=/fr/", "local-ttl=300", "mx-host=gmail.com,mx.maison.fr,10",
           "mx-host=maison.fr,mx.maison.fr,10", "host-record=mx.maison.fr,193.0.0.1"})
          .value();
  Suite suite_{{.environment = {{"LIMPID_VERIFY_DNS_SERVERS", dns_->address()}}}};
};

TEST_F(Depths, AreAskedForByHttpAndByGrpc) {
  const json fast = suite_.Post("/v1/emails:verify", Request("a@maison.fr", "FAST")).Json();
  EXPECT_EQ(fast["depthReached"], "FAST");
  EXPECT_FALSE(fast.contains("expireTime"));
  const json standard = suite_.Post("/v1/emails:verify", Request("a@maison.fr", "STANDARD")).Json();
  EXPECT_EQ(standard["depthReached"], "STANDARD");
  EXPECT_EQ(standard["evidence"][0]["host"], "mx.maison.fr");
  EXPECT_TRUE(standard.contains("expireTime"));
  const auto grpc =
      suite_.Grpc("limpid.verify.v1.EmailService/VerifyEmail", Request("a@absente.fr", "STANDARD"));
  EXPECT_EQ(grpc.Json()["reason"], "DOMAIN_NOT_FOUND");
}

TEST_F(Depths, OfACaptureAreNamedWhereTheyWereNotReached) {
  const json deep = suite_.Post("/v1/capture:check", Request("a@maison.fr", "DEEP")).Json();
  EXPECT_EQ(deep["decision"], "ACCEPT");
  EXPECT_EQ(deep["incomplete"], json::array({{{"part", "EMAIL_MAILBOX"}, {"reason", "NOT_ALLOWED"}}}));
  EXPECT_EQ(suite_.Post("/v1/capture:check", Request("a@absente.fr", "STANDARD")).Json()["decision"],
            "REJECT");
  dns_->Freeze();
  // On a busy machine all that is said of the address may be late, and EMAIL be named instead.
  const json domain_missing = json::array({{{"part", "EMAIL_DOMAIN"}, {"reason", "BUDGET_SPENT"}}});
  json late;
  for (int attempt = 0; attempt < 50 && late["incomplete"] != domain_missing; ++attempt) {
    late = suite_.Post("/v1/capture:check", Request("a@autre.fr", "STANDARD")).Json();
    EXPECT_EQ(late["decision"], "ACCEPT");
  }
  EXPECT_EQ(late["incomplete"], domain_missing);
}

}  // namespace
}  // namespace limpid::e2e
