#include "verify-svc/email/smtp/wire_address.h"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/random.h"

namespace limpid::verify {
namespace {

TEST(WireAddress, IsAMailboxOfRfc5321) {
  for (const std::string_view address :
       {"jean@example.org", "jean.dupont+tag@example.org", "o'neil_{x}@example.org",
        "\"jean dupont\"@example.org", "\"a\\\"b\"@example.org", "\"a\\\\\"@example.org", "jean@[192.0.2.1]",
        "jean@[IPv6:2001:db8::1]"}) {
    EXPECT_TRUE(IsWireSafeAddress(address, false)) << address;
  }
}

TEST(WireAddress, IsNothingThatCouldEndTheCommand) {
  for (const std::string_view address : {"",
                                         "@",
                                         "jean",
                                         "@example.org",
                                         "jean@",
                                         "jean dupont@example.org",
                                         "jean>@example.org",
                                         "<jean@example.org",
                                         "jean@example.org>",
                                         "jean@example.org\r\nDATA",
                                         "jean\n@example.org",
                                         "\"jean\"x\"@example.org",
                                         "\"jean\\\"@example.org",
                                         "\"jean\\\\\"\"@example.org",
                                         "\"jean\r\n\"@example.org",
                                         ".jean@example.org",
                                         "jean.@example.org",
                                         "je..an@example.org",
                                         "jean@exam ple.org",
                                         "jean@-example.org",
                                         "jean@[1.2.3.4",
                                         "jean@[1>2]",
                                         "jean\t@example.org",
                                         "jean\x7f@example.org"}) {
    EXPECT_FALSE(IsWireSafeAddress(address, false)) << address;
    EXPECT_FALSE(IsWireSafeAddress(address, true)) << address;
  }
  EXPECT_FALSE(IsWireSafeAddress(std::string(65, 'a') + "@example.org", false));
  EXPECT_FALSE(IsWireSafeAddress("a@" + std::string(260, 'b'), false));
}

TEST(WireAddress, HoldsMoreThanAsciiOnlyBySmtputf8) {
  EXPECT_TRUE(IsWireSafeAddress("jérôme@example.org", true));
  EXPECT_FALSE(IsWireSafeAddress("jérôme@example.org", false));
  EXPECT_FALSE(IsWireSafeAddress("jean@exämple.org", true)) << "a domain goes out as A-labels";
  EXPECT_FALSE(IsWireSafeAddress("j\xff@example.org", true));
}

TEST(RandomLocalPart, LooksLikeAPersonsAndIsNeverTheSame) {
  std::set<std::string> names;
  for (int i = 0; i < 1000; ++i) {
    const std::string name = RandomLocalPart(SecureRandom());
    EXPECT_EQ(name.size(), 16U);
    EXPECT_THAT(name, ::testing::MatchesRegex("[a-z]+[.][a-z]+"));
    names.insert(name);
  }
  EXPECT_EQ(names.size(), 1000U);
}

}  // namespace
}  // namespace limpid::verify
