#include "gateway/identity/remote_address.h"

#include <gmock/gmock.h>

namespace limpid::gateway {
namespace {

TEST(PeerAddress, IsWrittenInOneWay) {
  EXPECT_EQ(PeerAddress("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(PeerAddress("ipv4:192.0.2.7:50123"), "192.0.2.7");
  EXPECT_EQ(PeerAddress("::FFFF:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(PeerAddress("ipv6:%5B2001:DB8:0:0::1%5D:50123"), "2001:db8::1");
  EXPECT_EQ(PeerAddress("unix:"), "unix:");
}

TEST(PeerNetwork, IsTheAddressOfAnIpv4Peer) {
  EXPECT_EQ(PeerNetwork("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(PeerNetwork("ipv4:192.0.2.7:50123"), "192.0.2.7");
  EXPECT_EQ(PeerNetwork("::ffff:192.0.2.7"), "192.0.2.7");
}

TEST(PeerNetwork, IsTheFirst64BitsOfAnIpv6Peer) {
  EXPECT_EQ(PeerNetwork("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(PeerNetwork("ipv6:[2001:db8:1:2:aaaa::1]:50123"), "2001:db8:1:2::/64");
  EXPECT_EQ(PeerNetwork("ipv6:%5B2001:db8:1:2::9%5D:50123"), "2001:db8:1:2::/64");
}

TEST(PeerNetwork, IsWhatIsNoAddress) {
  EXPECT_EQ(PeerNetwork("unix:"), "unix:");
  EXPECT_EQ(PeerNetwork(""), "");
  EXPECT_EQ(PeerNetwork("ipv6:[2001"), "2001");
}

}  // namespace
}  // namespace limpid::gateway
