// The name of our own host, with a real DNS server.
#include "verify-svc/email/dns/own_name_check.h"

#include <memory>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/log.h"
#include "libs/base/mutex.h"
#include "libs/testing/dns_server.h"
#include "verify-svc/email/dns/reverse_name.h"

namespace limpid::verify::dns {
namespace {

using limpid::testing::DnsServer;
using ::testing::HasSubstr;

TEST(ReverseName, IsWhereThePtrRecordStands) {
  EXPECT_EQ(ReverseName({"\xc0\x00\x02\x01", 4}), "1.2.0.192.in-addr.arpa");
  EXPECT_EQ(ReverseName({"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x1a", 16}),
            "a.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
}

class OwnName : public ::testing::Test {
 protected:
  OwnName() {
    SetLogging({.service = "verify-svc", .sink = [this](std::string_view line) {
                  MutexLock lock(mutex_);
                  if (line.find("smtp_own_name_unconfirmed") != std::string_view::npos) ++warnings_;
                }});
  }
  ~OwnName() override { SetLogging({}); }

  /// Looks until so many questions were answered or the log has its warning.
  void Look(const std::string& name, int questions) {
    const auto resolver = Resolver::Create({.servers = {dns_->address()}}, metrics_).value();
    const OwnNameCheck check({.name = name}, *resolver, timers_, metrics_);
    const std::string wanted =
        "limpid_dns_questions_total{outcome=\"answered\"} " + std::to_string(questions) + "\n";
    while (metrics_.Text().find(wanted) == std::string::npos) std::this_thread::yield();
    resolver->Stop();
  }

  int warnings() {
    MutexLock lock(mutex_);
    return warnings_;
  }

  MetricsRegistry metrics_;
  Timers timers_;
  const std::unique_ptr<DnsServer> dns_ =
      DnsServer::StartDnsmasq({"local=/org/", "local=/in-addr.arpa/", "local=/ip6.arpa/",
                               "host-record=mail.example.org,192.0.2.1,2001:db8::1",
                               "address=/other.example.org/192.0.2.2",
                               "ptr-record=2.2.0.192.in-addr.arpa,generic-2.isp.example.org"})
          .value();

 private:
  Mutex mutex_;
  int warnings_ ABSL_GUARDED_BY(mutex_) = 0;
};

TEST_F(OwnName, IsConfirmedWhereAnAddressOfItsLeadsBack) {
  Look("mail.example.org", 4);
  EXPECT_EQ(warnings(), 0);
  EXPECT_THAT(metrics_.Text(), HasSubstr("limpid_smtp_own_name_unconfirmed 0\n"));
}

TEST_F(OwnName, IsWarnedOfWhereItsAddressHasAnotherName) {
  Look("other.example.org", 3);
  EXPECT_EQ(warnings(), 1);
  EXPECT_THAT(metrics_.Text(), HasSubstr("limpid_smtp_own_name_unconfirmed 1\n"));
}

TEST_F(OwnName, IsWarnedOfWhereItHasNoAddress) {
  Look("absent.example.org", 2);
  EXPECT_EQ(warnings(), 1);
}

TEST_F(OwnName, IsNotJudgedWhileTheDnsIsSilent) {
  dns_->Freeze();
  const auto resolver = Resolver::Create({.servers = {dns_->address()}}, metrics_).value();
  {
    const OwnNameCheck check({.name = "mail.example.org"}, *resolver, timers_, metrics_);
    resolver->Stop();
  }
  EXPECT_EQ(warnings(), 0);
  EXPECT_THAT(metrics_.Text(), HasSubstr("limpid_smtp_own_name_unconfirmed 0\n"));
}

TEST_F(OwnName, IsNotLookedUpWithoutADot) {
  const auto resolver = Resolver::Create({.servers = {dns_->address()}}, metrics_).value();
  {
    const OwnNameCheck check({.name = "localhost"}, *resolver, timers_, metrics_);
    resolver->Stop();
  }
  EXPECT_THAT(metrics_.Text(), HasSubstr("limpid_dns_questions_total{outcome=\"answered\"} 0\n"));
  EXPECT_EQ(warnings(), 0);
}

TEST_F(OwnName, IsLookedAtAgainAfterAWhile) {
  const auto resolver = Resolver::Create({.servers = {dns_->address()}}, metrics_).value();
  const OwnNameCheck check({.name = "absent.example.org", .interval = absl::Milliseconds(1)}, *resolver,
                           timers_, metrics_);
  while (warnings() < 3) std::this_thread::yield();
  resolver->Stop();
}

}  // namespace
}  // namespace limpid::verify::dns
