#include "gateway/identity/trusted_proxies.h"

#include <gmock/gmock.h>

namespace limpid::gateway {
namespace {

using ::testing::HasSubstr;

using Lines = std::vector<std::string_view>;

TrustedProxies Trusting(std::vector<std::string> blocks, std::string_view header = "X-Forwarded-For") {
  auto proxies = TrustedProxies::Parse(blocks, header);
  EXPECT_TRUE(proxies.ok()) << proxies.status();
  return *std::move(proxies);
}

TEST(TrustedProxies, NobodyIsBelievedUnlessTheOperatorSaysSo) {
  EXPECT_TRUE(TrustedProxies().empty());
  EXPECT_EQ(TrustedProxies().ClientOf("10.0.0.1", Lines{"192.0.2.1"}), "10.0.0.1");
}

TEST(TrustedProxies, ReadFromTheRightUpToTheFirstThatIsNotOurs) {
  const TrustedProxies proxies = Trusting({"10.0.0.0/8", "fd00:1::/32", "192.168.1.1"});
  struct Row {
    const char* what;
    std::string_view peer;
    Lines lines;
    std::string_view client;
  };
  for (const Row& row : {
           Row{"no proxy at all", "192.0.2.1", {}, "192.0.2.1"},
           Row{"a stranger says who he is", "192.0.2.1", {"198.51.100.1"}, "192.0.2.1"},
           Row{"a proxy without the header", "10.0.0.1", {}, "10.0.0.1"},
           Row{"one proxy", "10.0.0.1", {"192.0.2.1"}, "192.0.2.1"},
           Row{"one proxy over IPv6", "fd00:1::5", {"2001:db8::1"}, "2001:db8::1"},
           Row{"a peer in gRPC's words", "ipv4:10.0.0.1:50123", {"192.0.2.1"}, "192.0.2.1"},
           Row{"an IPv6 peer in gRPC's words", "ipv6:%5Bfd00:1::5%5D:50123", {"192.0.2.1"}, "192.0.2.1"},
           Row{"IPv4 within IPv6", "::ffff:10.0.0.1", {"::ffff:192.0.2.1"}, "192.0.2.1"},
           Row{"two proxies", "10.0.0.1", {"192.0.2.1, 192.168.1.1"}, "192.0.2.1"},
           Row{"what the caller claims further left", "10.0.0.1", {"198.51.100.1, 192.0.2.1"}, "192.0.2.1"},
           Row{"a caller who claims to be a proxy's",
               "10.0.0.1",
               {"198.51.100.1, 10.0.0.9, 192.0.2.1"},
               "192.0.2.1"},
           Row{"a line of its own from each proxy",
               "10.0.0.1",
               {"198.51.100.1", "192.0.2.1", "10.0.0.2"},
               "192.0.2.1"},
           Row{"a call that began at a proxy", "10.0.0.1", {"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
           Row{"a port", "10.0.0.1", {"192.0.2.1:1234"}, "192.0.2.1"},
           Row{"brackets and a port", "10.0.0.1", {"[2001:DB8::0:1]:1234"}, "2001:db8::1"},
       }) {
    EXPECT_EQ(proxies.ClientOf(row.peer, row.lines), row.client) << row.what;
  }
}

TEST(TrustedProxies, WhatIsNoAddressEndsTheReadingAtTheLastProxy) {
  const TrustedProxies proxies = Trusting({"10.0.0.0/8"});
  using namespace std::string_view_literals;
  for (const std::string_view line :
       {"192.0.2.1, garbage"sv, "192.0.2.1, "sv, "192.0.2.1,,"sv, "unknown"sv, "_hidden"sv, "192.0.2.256"sv,
        "192.0.2.1/32"sv, "0300.0.2.1"sv, "3221225985"sv, "fe80::1%eth0"sv, "[192.0.2.1"sv, "192.0.2.1\0"sv,
        "\xff\xfe"sv, "for=192.0.2.1"sv}) {
    EXPECT_EQ(proxies.ClientOf("10.0.0.1", Lines{line}), "10.0.0.1") << line;
    const Lines two = {line, "10.0.0.2"};
    EXPECT_EQ(proxies.ClientOf("10.0.0.1", two), "10.0.0.2") << line;
  }
}

TEST(TrustedProxies, TheStandardHeaderIsReadWhenItIsTheOneThatTheyWrite) {
  const TrustedProxies proxies = Trusting({"10.0.0.0/8"}, "forwarded");
  EXPECT_EQ(proxies.header(), "forwarded");
  EXPECT_EQ(proxies.ClientOf("10.0.0.1", Lines{"for=198.51.100.1, for=\"[2001:db8::1]:80\";proto=https"}),
            "2001:db8::1");
  EXPECT_EQ(proxies.ClientOf("10.0.0.1", Lines{"for=192.0.2.1;proto=https, FOR=10.0.0.2"}), "192.0.2.1");
  EXPECT_EQ(proxies.ClientOf("10.0.0.1", Lines{"for=192.0.2.1, for=unknown"}), "10.0.0.1");
  EXPECT_EQ(proxies.ClientOf("10.0.0.1", Lines{"192.0.2.1"}), "10.0.0.1");
}

TEST(TrustedProxies, AWrongSettingIsNamed) {
  for (const std::string block :
       {"10.0.0.0/33", "10.0.0/8", "proxy.example", "::/129", "10.0.0.0/", "10.0.0.0/x"}) {
    const auto proxies = TrustedProxies::Parse(std::vector{block}, "X-Forwarded-For");
    EXPECT_THAT(std::string(proxies.status().message()), HasSubstr("gateway.trusted_proxies")) << block;
    EXPECT_THAT(std::string(proxies.status().message()), HasSubstr(block));
  }
  EXPECT_THAT(std::string(TrustedProxies::Parse({}, "X-Real-IP").status().message()),
              HasSubstr("gateway.forwarded_header"));
}

}  // namespace
}  // namespace limpid::gateway
