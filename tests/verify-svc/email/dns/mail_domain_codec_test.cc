#include "verify-svc/email/dns/mail_domain_codec.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace limpid::verify::dns {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

MailDomain TwoHosts() {
  MailDomain mail{.state = MailDomainState::kHasHosts, .implicit_mx = true, .spf_denies_all = true};
  mail.hosts = {{.name = "a.fr", .preference = 10, .addresses = {"193.0.0.1", "2a01::1"}},
                {.name = "b.fr", .preference = 65535}};
  return mail;
}

TEST(MailDomainCodec, KeepsAllOfAnAnswerAndCountsItsTimeDown) {
  const std::string packed = Pack(TwoHosts(), kNow + absl::Seconds(300));
  const auto mail = UnpackMailDomain(packed, kNow + absl::Seconds(100));
  ASSERT_TRUE(mail.has_value());
  EXPECT_EQ(mail->state, MailDomainState::kHasHosts);
  EXPECT_TRUE(mail->implicit_mx);
  EXPECT_TRUE(mail->spf_denies_all);
  EXPECT_EQ(mail->time_to_live, absl::Seconds(200));
  ASSERT_EQ(mail->hosts.size(), 2);
  EXPECT_EQ(mail->hosts[0].name, "a.fr");
  EXPECT_THAT(mail->hosts[0].addresses, ::testing::ElementsAre("193.0.0.1", "2a01::1"));
  EXPECT_EQ(mail->hosts[1].preference, 65535);
}

TEST(MailDomainCodec, ForgetsWhatIsOver) {
  EXPECT_FALSE(UnpackMailDomain(Pack(TwoHosts(), kNow), kNow).has_value());
}

TEST(MailDomainCodec, TakesNothingThatItDidNotWrite) {
  const std::string packed = Pack(TwoHosts(), kNow + absl::Seconds(300));
  for (std::size_t size = 0; size < packed.size(); ++size) {
    EXPECT_FALSE(UnpackMailDomain(packed.substr(0, size), kNow).has_value()) << size;
  }
  EXPECT_FALSE(UnpackMailDomain(packed + "1:x", kNow).has_value());
  EXPECT_FALSE(UnpackMailDomain("1:2" + packed.substr(3), kNow).has_value()) << "another version";
  EXPECT_FALSE(UnpackMailDomain("garbage", kNow).has_value());
  EXPECT_FALSE(UnpackMailDomain("99999999999999999999:1", kNow).has_value());
}

}  // namespace
}  // namespace limpid::verify::dns
