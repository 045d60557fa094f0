#include "libs/base/ip_network.h"

#include <gmock/gmock.h>

namespace limpid {
namespace {

TEST(NetworkOf, IsTheSameForNeighbours) {
  EXPECT_EQ(NetworkOf("192.0.2.7"), "192.0.2.0/24");
  EXPECT_EQ(NetworkOf("192.0.2.254"), "192.0.2.0/24");
  EXPECT_EQ(NetworkOf("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(NetworkOf("2001:DB8:1:2::"), "2001:db8:1:2::/64");
}

TEST(NetworkOf, TakesAMappedAddressForItself) { EXPECT_EQ(NetworkOf("::ffff:192.0.2.7"), "192.0.2.0/24"); }

TEST(NetworkOf, IsEmptyForWhatIsNoAddress) {
  for (const char* text : {"", "192.0.2", "example.com", "192.0.2.7:80", "[::1]", "fe80::1%eth0"}) {
    EXPECT_EQ(NetworkOf(text), "") << text;
  }
}

}  // namespace
}  // namespace limpid
