#include "libs/redis/tls.h"

#include <gmock/gmock.h>

#include "libs/testing/certificate.h"
#include "libs/testing/tcp_proxy.h"
#include "tests/libs/redis/redis_fixture.h"

namespace limpid::redis {
namespace {

using limpid::testing::Certificate;
using limpid::testing::MakeCertificate;

class RedisTlsTest : public RedisTest {
 protected:
  static std::string TlsUrl(const std::string& host, int port) {
    return StrCat("rediss://", host, ":", port);
  }

  const limpid::testing::TempDir folder_;
  const Certificate certificate_ = MakeCertificate(folder_, "server");
};

TEST_F(RedisTlsTest, TalksOverTlsByNameAndByAddress) {
  const auto server = StartServer({.tls = certificate_});
  for (const char* host : {"localhost", "127.0.0.1"}) {
    const auto client = Connected(
        {.url = TlsUrl(host, server->port()), .tls = {.ca = certificate_.certificate}, .timeouts = kPatient});
    // More than one record, and more than a socket takes at once.
    const std::string value(700'000, 'x');
    ASSERT_TRUE(client->SendAndWait(Call{}, {"SET", "key", value}).ok());
    const auto reply = client->SendAndWait(Call{}, {"GET", "key"});
    ASSERT_TRUE(reply.ok()) << reply.status();
    EXPECT_EQ(reply->text, value);
  }
}

TEST_F(RedisTlsTest, AnUnknownAuthorityIsRefused) {
  const auto server = StartServer({.tls = certificate_});
  const Certificate other = MakeCertificate(folder_, "other");
  const auto client = MakeClient(
      {.url = TlsUrl("127.0.0.1", server->port()), .tls = {.ca = other.certificate}, .timeouts = kPatient});
  EXPECT_THAT(log_.WaitFor("redis_away"), ::testing::HasSubstr("TLS"));
  EXPECT_FALSE(client->connected());
}

TEST_F(RedisTlsTest, ACertificateForAnotherNameIsRefused) {
  const Certificate other = MakeCertificate(folder_, "other", "DNS:other.example,IP:127.0.0.2");
  const auto server = StartServer({.tls = other});
  for (const char* host : {"localhost", "127.0.0.1"}) {
    const auto client = MakeClient(
        {.url = TlsUrl(host, server->port()), .tls = {.ca = other.certificate}, .timeouts = kPatient});
    EXPECT_THAT(log_.WaitFor("redis_away"), ::testing::HasSubstr("TLS"));
    EXPECT_FALSE(client->connected());
  }
}

TEST_F(RedisTlsTest, ShowsItsOwnCertificate) {
  const Certificate own = MakeCertificate(folder_, "own");
  const auto server =
      StartServer({.tls = certificate_,
                   .arguments = {"--tls-auth-clients", "yes", "--tls-ca-cert-file", own.certificate}});
  const auto client =
      Connected({.url = TlsUrl("127.0.0.1", server->port()),
                 .tls = {.ca = certificate_.certificate, .certificate = own.certificate, .key = own.key},
                 .timeouts = kPatient});
  EXPECT_TRUE(client->SendAndWait(Call{}, {"PING"}).ok());
}

TEST_F(RedisTlsTest, SurvivesAConnectionThatIsCut) {
  const auto server = StartServer({.tls = certificate_});
  limpid::testing::TcpProxy proxy(server->port());
  const auto client = Connected({.url = TlsUrl("127.0.0.1", proxy.port()),
                                 .tls = {.ca = certificate_.certificate},
                                 .timeouts = kPatient});
  proxy.Set({.kind = limpid::testing::LinkFault::Kind::kRefuse});
  EXPECT_EQ(client->SendAndWait(Call{}, {"PING"}).status().code(), absl::StatusCode::kUnavailable);
  proxy.Set({});
  ASSERT_TRUE(client->WaitUntilConnected(Soon()));
  EXPECT_TRUE(client->SendAndWait(Call{}, {"PING"}).ok());
}

TEST_F(RedisTlsTest, FilesThatCannotBeUsedAreRefusedAtOnce) {
  const Certificate other = MakeCertificate(folder_, "other");
  const std::string missing = folder_.File("missing");
  const TlsFiles cases[] = {
      {.ca = missing},
      {.ca = certificate_.certificate, .certificate = missing, .key = certificate_.key},
      {.ca = certificate_.certificate, .certificate = certificate_.certificate, .key = other.key},
      {.ca = certificate_.certificate, .certificate = certificate_.certificate},
  };
  for (const TlsFiles& files : cases) {
    EXPECT_EQ(Client::Create({.url = TlsUrl("127.0.0.1", 1), .tls = files}, metrics_).status().code(),
              absl::StatusCode::kFailedPrecondition);
  }
}

}  // namespace
}  // namespace limpid::redis
