// STANDARD as callers meet it: verify-svc as it is built from its settings, asked over gRPC, with a real DNS
// server behind it.
#include <future>
#include <map>
#include <set>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>
#include <gtest/gtest.h>

#include "limpid/verify/v1/email_service.pb.h"
#include "limpid/verify/v1/person_service.pb.h"

#include "libs/base/strings.h"
#include "libs/rpc/client.h"
#include "libs/rpc/metadata.h"
#include "libs/testing/dns_server.h"
#include "libs/testing/redis_server.h"
#include "libs/testing/temp_dir.h"
#include "verify-svc/settings.h"
#include "verify-svc/wiring.h"

namespace limpid::verify {
namespace {

using limpid::testing::DnsServer;
using limpid::testing::RedisServer;
using ::testing::Contains;
using ::testing::HasSubstr;
using type::v1::Depth;
using type::v1::EmailStatus;

constexpr char kKey[] = "a key between services";

std::unique_ptr<DnsServer> StartDns() {
  return DnsServer::StartDnsmasq({"local=/fr/", "local=/com/", "local-ttl=300",
                                  "mx-host=maison.fr,mx.maison.fr,10", "host-record=mx.maison.fr,193.0.0.1",
                                  "host-record=seule.fr,193.0.0.2", "mx-host=interne.fr,mx.interne.fr,10",
                                  "host-record=mx.interne.fr,10.0.0.1", "mx-host=gmial.com,mx.maison.fr,10",
                                  "mx-host=gmail.com,mx.maison.fr,10", "dns-rr=muette.fr,15,000000"})
      .value();
}

/// The service with settings of its own.
class Standard {
 public:
  explicit Standard(const DnsServer& dns, std::map<std::string, std::string> environment = {}) {
    environment.emplace("LIMPID_VERIFY_DNS_SERVERS", dns.address());
    environment.emplace("LIMPID_STATE_DIR", folder_.path().string());
    environment.emplace("LIMPID_DATA_DIR", std::string(LIMPID_SOURCE_DIR) + "/data");
    const auto settings = Settings::Load({.tables = {CommonSettings(), SettingsTable()},
                                          .services = {"verify"},
                                          .environment = std::move(environment)})
                              .value();
    service_ = Build(settings, metrics, {.service = "verify", .keys = {kKey}, .in_process = true}).value();
  }
  ~Standard() {
    service_->AnnounceDrain();
    service_->Drain(absl::Seconds(10));
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Ask(std::string_view path, const Request& request,
                               absl::Duration deadline = absl::Seconds(30)) {
    Call call = Call().Within(deadline);
    call.tenant = TenantId("acme");
    call.role = Role::kStandard;
    std::promise<absl::StatusOr<Response>> answer;
    rpc::UnaryMethod<Request, Response> method(
        {.name = "verify-svc",
         .channel = service_->InProcessChannel(),
         .signer = std::make_shared<rpc::PrincipalSigner>(rpc::PrincipalKeys{kKey})},
        path);
    method(call, request, [&](absl::StatusOr<Response> response) { answer.set_value(std::move(response)); });
    return answer.get_future().get();
  }

  v1::EmailVerdict Verify(const std::string& email, Depth::Value depth = Depth::STANDARD) {
    v1::VerifyEmailRequest request;
    request.set_email(email);
    request.set_depth(depth);
    return Ask<v1::EmailVerdict>("limpid.verify.v1.EmailService/VerifyEmail", request).value();
  }

  /// StreamVerifyEmails.
  class Stream {
   public:
    explicit Stream(Standard& service) : channel_(service.service_->InProcessChannel()) {
      context_.AddMetadata(rpc::kCallKey, rpc::PrincipalSigner(rpc::PrincipalKeys{kKey})
                                              .Sign({.tenant = TenantId("acme"), .role = Role::kStandard}));
      stream_.reset(
          grpc::internal::ClientReaderWriterFactory<v1::VerifyEmailRequest, v1::EmailVerdict>::Create(
              channel_.grpc.get(),
              {"/limpid.verify.v1.EmailService/StreamVerifyEmails",
               grpc::internal::RpcMethod::BIDI_STREAMING},
              &context_));
    }
    auto* operator->() { return stream_.get(); }

   private:
    rpc::Channel channel_;
    grpc::ClientContext context_;
    std::unique_ptr<grpc::ClientReaderWriter<v1::VerifyEmailRequest, v1::EmailVerdict>> stream_;
  };

  const std::shared_ptr<MetricsRegistry> metrics = std::make_shared<MetricsRegistry>();

 private:
  limpid::testing::TempDir folder_;
  std::unique_ptr<VerifyService> service_;
};

class StandardDepth : public ::testing::Test {
 protected:
  static const DnsServer& Dns() {
    static const DnsServer& server = *StartDns().release();
    return server;
  }
  Standard service_{Dns()};
};

TEST_F(StandardDepth, KnowsAHostForTheDomain) {
  const v1::EmailVerdict verdict = service_.Verify("jean.dupont@maison.fr");
  EXPECT_EQ(verdict.status(), EmailStatus::UNKNOWN);
  EXPECT_EQ(verdict.reason(), "MAILBOX_NOT_CHECKED");
  EXPECT_EQ(verdict.depth_reached(), Depth::STANDARD);
  EXPECT_EQ(verdict.score(), 60);
  ASSERT_EQ(verdict.evidence_size(), 2);
  EXPECT_EQ(verdict.evidence(1).step(), "SCORE");
  EXPECT_EQ(verdict.evidence(1).text(), "50, MAIL_HOST +15, UNKNOWN at most 60");
  EXPECT_EQ(verdict.evidence(0).step(), "DNS");
  EXPECT_EQ(verdict.evidence(0).host(), "mx.maison.fr");
  EXPECT_EQ(verdict.evidence(0).text(), "MX 10 mx.maison.fr");
  EXPECT_TRUE(verdict.evidence(0).has_elapsed());
  EXPECT_EQ(verdict.expire_time().seconds() - verdict.check_time().seconds(), 6 * 3600);
}

TEST_F(StandardDepth, SaysThatTheAnswerWasKept) {
  service_.Verify("a@maison.fr");
  EXPECT_TRUE(service_.Verify("b@maison.fr").evidence(0).cached());
}

TEST_F(StandardDepth, FindsDomainsThatTakeNoMail) {
  const std::map<std::string, std::string> reasons = {
      {"a@absente.fr", "DOMAIN_NOT_FOUND"}, {"a@interne.fr", "UNROUTABLE_MX"}, {"a@muette.fr", "NULL_MX"}};
  for (const auto& [email, reason] : reasons) {
    const v1::EmailVerdict verdict = service_.Verify(email);
    EXPECT_EQ(verdict.status(), EmailStatus::UNDELIVERABLE) << email;
    EXPECT_EQ(verdict.reason(), reason) << email;
    EXPECT_EQ(verdict.score(), 0) << email;
  }
  EXPECT_TRUE(service_.Verify("a@muette.fr").flags().null_mx());
}

TEST_F(StandardDepth, FlagsADomainWithoutMx) {
  EXPECT_TRUE(service_.Verify("a@seule.fr").flags().implicit_mx());
}

TEST_F(StandardDepth, EndsAtFastForWhatNoNetworkCanChange) {
  const v1::EmailVerdict verdict = service_.Verify("a@@maison.fr");
  EXPECT_EQ(verdict.reason(), "SYNTAX");
  EXPECT_EQ(verdict.depth_reached(), Depth::FAST);
  EXPECT_EQ(service_.Verify("a@host.test").reason(), "RESERVED_DOMAIN");
}

TEST_F(StandardDepth, BelievesATypoLessWhenTheTypedDomainTakesMailAndMoreWhenItDoesNot) {
  const double alone = service_.Verify("a@gmial.com", Depth::FAST).did_you_mean().confidence();
  EXPECT_LT(service_.Verify("a@gmial.com").did_you_mean().confidence(), alone);
  EXPECT_GE(service_.Verify("a@gmaul.com").did_you_mean().confidence(),
            service_.Verify("a@gmaul.com", Depth::FAST).did_you_mean().confidence());
}

TEST_F(StandardDepth, IsWhatDeepIsAnsweredAtForATenantThatAllowsNoCallouts) {
  const v1::EmailVerdict verdict = service_.Verify("a@maison.fr", Depth::DEEP);
  EXPECT_EQ(verdict.depth_reached(), Depth::STANDARD);
  EXPECT_EQ(verdict.reason(), "MAILBOX_NOT_CHECKED");
}

TEST_F(StandardDepth, IsOfferedToCaptures) {
  v1::VerifyPersonRequest request;
  request.set_email("a@maison.fr");
  request.set_phone("0612345678");
  request.set_depth(Depth::STANDARD);
  const auto person =
      service_.Ask<v1::VerifyPersonResponse>("limpid.verify.v1.PersonService/VerifyPerson", request);
  ASSERT_TRUE(person.ok()) << person.status();
  EXPECT_GE(person->depth_offered(), Depth::STANDARD);
  EXPECT_EQ(person->email().depth_reached(), Depth::STANDARD);
  EXPECT_EQ(person->phone().e164(), "+33612345678");
}

TEST_F(StandardDepth, AsksOnceForEachDomainOfABatch) {
  v1::BatchVerifyEmailsRequest batch;
  for (int i = 0; i < 1000; ++i) {
    v1::VerifyEmailRequest& request = *batch.add_requests();
    request.set_id(StrCat(i));
    request.set_email(i % 100 == 7 ? "" : StrCat("a", i, i % 2 == 0 ? "@maison.fr" : "@absente.fr"));
    request.set_depth(Depth::STANDARD);
  }
  const auto answer =
      service_.Ask<v1::BatchVerifyEmailsResponse>("limpid.verify.v1.EmailService/BatchVerifyEmails", batch);
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->verdicts_size(), 1000);
  for (int i = 0; i < 1000; ++i) {
    const v1::EmailVerdict& verdict = answer->verdicts(i);
    EXPECT_EQ(verdict.id(), StrCat(i));
    EXPECT_EQ(verdict.has_error(), i % 100 == 7);
    if (verdict.has_error()) continue;
    EXPECT_EQ(verdict.reason(), i % 2 == 0 ? "MAILBOX_NOT_CHECKED" : "DOMAIN_NOT_FOUND");
  }
  EXPECT_THAT(service_.metrics->Text(), HasSubstr("limpid_mail_domain_answers_total{source=\"dns\"} 2\n"));
}

TEST_F(StandardDepth, AnswersAStreamOfAnyLengthAsItComes) {
  constexpr int kRows = 5000;
  Standard::Stream stream(service_);
  std::thread writer([&] {
    for (int i = 0; i < kRows; ++i) {
      v1::VerifyEmailRequest request;
      request.set_id(StrCat(i));
      request.set_email(i == 7 ? "" : StrCat("a@", i % 50, ".maison.fr"));
      request.set_depth(Depth::STANDARD);
      EXPECT_TRUE(stream->Write(request));
    }
    stream->WritesDone();
  });
  std::set<std::string> ids;
  int faults = 0;
  v1::EmailVerdict verdict;
  while (stream->Read(&verdict)) {
    ids.insert(verdict.id());
    faults += verdict.has_error() ? 1 : 0;
  }
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(ids.size(), kRows);
  EXPECT_EQ(faults, 1);
  EXPECT_THAT(service_.metrics->Text(), HasSubstr("limpid_mail_domain_answers_total{source=\"dns\"} 50\n"));
}

TEST_F(StandardDepth, IsTheSameWhileRedisDiesAndComesBack) {
  const auto redis = RedisServer::Start().value();
  Standard service(Dns(), {{"LIMPID_REDIS_URL", StrCat("redis://127.0.0.1:", redis->port(), "/0")}});
  EXPECT_EQ(service.Verify("a@maison.fr").depth_reached(), Depth::STANDARD);
  redis->Freeze();
  EXPECT_EQ(service.Verify("a@seule.fr").depth_reached(), Depth::STANDARD);
  redis->Thaw();
  redis->Kill();
  EXPECT_EQ(service.Verify("a@absente.fr").reason(), "DOMAIN_NOT_FOUND");
  ASSERT_TRUE(redis->Restart().ok());
  EXPECT_EQ(service.Verify("a@muette.fr").reason(), "NULL_MX");
}

// Redis is asked for everybody, longer than for who asked first: that goes on when the service ends.
TEST_F(StandardDepth, MayEndWhileRedisKeepsAnAnswerBack) {
  const auto redis = RedisServer::Start().value();
  Standard service(Dns(), {{"LIMPID_REDIS_URL", StrCat("redis://127.0.0.1:", redis->port(), "/0")},
                           {"LIMPID_REDIS_TIMEOUT", "1s"}});
  EXPECT_EQ(service.Verify("a@maison.fr").depth_reached(), Depth::STANDARD);
  redis->Freeze();
  v1::VerifyEmailRequest request;
  request.set_email("a@seule.fr");
  request.set_depth(Depth::STANDARD);
  request.mutable_budget()->set_nanos(1'000'000);
  const auto verdict =
      service.Ask<v1::EmailVerdict>("limpid.verify.v1.EmailService/VerifyEmail", request).value();
  EXPECT_THAT(verdict.reasons(), Contains("BUDGET_SPENT"));
}

TEST(StandardDepthWithASilentDns, AnswersWithinTheBudgetWhatIsKnown) {
  const auto dns = StartDns();
  Standard service(*dns);
  dns->Freeze();
  v1::VerifyEmailRequest request;
  request.set_email("compta@maison.fr");
  request.set_depth(Depth::STANDARD);
  request.mutable_budget()->set_nanos(100'000'000);
  const auto verdict =
      service.Ask<v1::EmailVerdict>("limpid.verify.v1.EmailService/VerifyEmail", request).value();
  EXPECT_EQ(verdict.depth_reached(), Depth::FAST);
  EXPECT_THAT(verdict.reasons(), Contains("BUDGET_SPENT"));
  EXPECT_TRUE(verdict.has_retry_time());
}

// The answer is there before the caller gives up.
TEST(StandardDepthWithASilentDns, AnswersBeforeTheDeadlineOfTheCall) {
  const auto dns = StartDns();
  Standard service(*dns);
  dns->Freeze();
  v1::VerifyEmailRequest request;
  request.set_email("a@maison.fr");
  request.set_depth(Depth::STANDARD);
  const auto verdict =
      service.Ask<v1::EmailVerdict>("limpid.verify.v1.EmailService/VerifyEmail", request, absl::Seconds(1));
  ASSERT_TRUE(verdict.ok()) << verdict.status();
  EXPECT_EQ(verdict->status(), EmailStatus::UNKNOWN);
  EXPECT_EQ(verdict->reason(), "BUDGET_SPENT");
}

TEST(StandardDepthWithADeadDns, NeverCallsAnAddressUndeliverable) {
  const auto dns = StartDns();
  Standard service(*dns);
  dns->Kill();
  const v1::EmailVerdict verdict = service.Verify("a@maison.fr");
  EXPECT_EQ(verdict.status(), EmailStatus::UNKNOWN);
  EXPECT_EQ(verdict.reason(), "DNS_ERROR");
  EXPECT_TRUE(verdict.has_retry_time());
  EXPECT_EQ(verdict.expire_time().seconds() - verdict.check_time().seconds(), 300);
}

// The resolver of a sandbox or a captive portal.
TEST(StandardDepthWithADnsThatKnowsNothing, NeverCallsAnAddressUndeliverable) {
  const auto dns = DnsServer::StartDnsmasq({"local=/fr/", "local=/com/"}).value();
  Standard service(*dns);
  for (const char* email : {"jean.dupont@gmail.com", "jean.dupont@orange.fr", "jean.dupont@maison.fr"}) {
    const v1::EmailVerdict verdict = service.Verify(email);
    EXPECT_EQ(verdict.status(), EmailStatus::UNKNOWN) << email;
    EXPECT_EQ(verdict.reason(), "DNS_ERROR") << email;
    EXPECT_EQ(verdict.depth_reached(), Depth::FAST) << email;
    EXPECT_THAT(verdict.evidence(0).text(), HasSubstr("not believed")) << email;
    EXPECT_TRUE(verdict.has_retry_time()) << email;
  }
}

}  // namespace
}  // namespace limpid::verify
