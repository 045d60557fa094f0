#include "gateway/identity/forwarded_header.h"

#include <string>

#include <gmock/gmock.h>

namespace limpid::gateway {
namespace {

using ::testing::ElementsAre;

TEST(XForwardedFor, IsAListOfHops) {
  EXPECT_THAT(HopsOfXForwardedFor("192.0.2.1"), ElementsAre("192.0.2.1"));
  EXPECT_THAT(HopsOfXForwardedFor("a, 192.0.2.1 ,\t2001:db8::1"),
              ElementsAre("a", "192.0.2.1", "2001:db8::1"));
}

TEST(XForwardedFor, KeepsEmptyHopsBecauseAProxyMayHaveWrittenOne) {
  EXPECT_THAT(HopsOfXForwardedFor(""), ElementsAre(""));
  EXPECT_THAT(HopsOfXForwardedFor("192.0.2.1,"), ElementsAre("192.0.2.1", ""));
}

TEST(Forwarded, NamesTheHopsInItsParametersFor) {
  struct Row {
    std::string line;
    std::vector<std::string_view> hops;
  };
  for (const Row& row : {
           // RFC 7239 section 4.
           Row{R"(for="_gazonk")", {"_gazonk"}},
           Row{R"(For="[2001:db8:cafe::17]:4711")", {"[2001:db8:cafe::17]:4711"}},
           Row{"for=192.0.2.60;proto=http;by=203.0.113.43", {"192.0.2.60"}},
           Row{"for=192.0.2.43, for=198.51.100.17", {"192.0.2.43", "198.51.100.17"}},
           Row{"for=192.0.2.43,for=\"[2001:db8:cafe::17]\",for=unknown",
               {"192.0.2.43", "[2001:db8:cafe::17]", "unknown"}},
           // Section 7.1: elements without the parameter, and pairs left out.
           Row{"proto=http, for=192.0.2.43;;", {"", "192.0.2.43"}},
           Row{"by=x;host=\"a,b;c\" ; for=192.0.2.43", {"192.0.2.43"}},
       }) {
    EXPECT_EQ(HopsOfForwarded(row.line), row.hops) << row.line;
  }
}

TEST(Forwarded, IsBelievedInNothingWhereALineIsNotWellFormed) {
  for (const char* const line : {"", "for", "for=\"192.0.2.1", "for=192.0.2.1;for=192.0.2.2", "192.0.2.1",
                                 "for=\"192.0.2.1\"x, for=192.0.2.2", "for = 192.0.2.1",
                                 // What a caller sends to swallow the element that the proxy adds.
                                 "for=192.0.2.1;x=\", for=\"[2001:db8::1]:80\"", "x=\"\\\", for=192.0.2.2"}) {
    EXPECT_THAT(HopsOfForwarded(line), ElementsAre("")) << line;
  }
}

TEST(AddressOfHop, CutsPortAndBracketsOff) {
  EXPECT_EQ(AddressOfHop("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(AddressOfHop("192.0.2.1:8080"), "192.0.2.1");
  EXPECT_EQ(AddressOfHop("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(AddressOfHop("[2001:db8::1]"), "2001:db8::1");
  EXPECT_EQ(AddressOfHop("[2001:db8::1]:8080"), "2001:db8::1");
  EXPECT_EQ(AddressOfHop("[2001:db8::1]x"), "");
  EXPECT_EQ(AddressOfHop("[2001:db8::1"), "");
}

}  // namespace
}  // namespace limpid::gateway
