#include "libs/http/address_guard.h"

#include <string>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace limpid::http {
namespace {

/// A socket address made from its text.
class Address {
 public:
  explicit Address(const std::string& text) {
    const bool v6 = text.find(':') != std::string::npos;
    storage_.ss_family = v6 ? AF_INET6 : AF_INET;
    void* const bytes = v6 ? static_cast<void*>(&reinterpret_cast<sockaddr_in6&>(storage_).sin6_addr)
                           : static_cast<void*>(&reinterpret_cast<sockaddr_in&>(storage_).sin_addr);
    EXPECT_EQ(inet_pton(storage_.ss_family, text.c_str(), bytes), 1) << text;
  }
  const sockaddr& get() const { return reinterpret_cast<const sockaddr&>(storage_); }

 private:
  sockaddr_storage storage_{};
};

TEST(AddressGuard, PublicAddressesAreAdmitted) {
  for (const char* text : {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
                           "126.255.255.255", "128.0.0.1", "169.253.255.255", "172.15.255.255", "172.32.0.0",
                           "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
                           "223.255.255.255", "2606:4700::1111", "2a00:1450:4007::1", "2001:200::1"}) {
    EXPECT_TRUE(IsPublicAddress(Address(text).get())) << text;
  }
}

TEST(AddressGuard, EverythingElseIsRefused) {
  for (const char* text : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.0",
                           "10.1.2.3",
                           "10.255.255.255",
                           "100.64.0.0",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.0.0.2",
                           "127.255.255.255",
                           "169.254.0.1",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.8",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.0.1",
                           "192.168.255.255",
                           "198.18.0.1",
                           "198.19.255.255",
                           "198.51.100.7",
                           "203.0.113.9",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::127.0.0.1",
                           "::8.8.8.8",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "::ffff:8.8.8.8",
                           "::ffff:0:8.8.8.8",
                           "64:ff9b::127.0.0.1",
                           "64:ff9b::8.8.8.8",
                           "64:ff9b:1::1",
                           "100::1",
                           "2001::1",
                           "2001:10::1",
                           "2001:db8::1",
                           "2002:7f00:1::1",
                           "3fff::1",
                           "5f00::1",
                           "fc00::1",
                           "fd12:3456::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1"}) {
    EXPECT_FALSE(IsPublicAddress(Address(text).get())) << text;
  }
  sockaddr_un local{.sun_family = AF_UNIX};
  EXPECT_FALSE(IsPublicAddress(reinterpret_cast<sockaddr&>(local)));
}

TEST(AddressGuard, AllowedBlocksAreAdmittedAndNothingBeside) {
  AddressGuard guard;
  guard.allowed = {*AddressBlock::Parse("10.2.0.0/15"), *AddressBlock::Parse("fd00:1::/32"),
                   *AddressBlock::Parse("127.0.0.1")};
  for (const char* text :
       {"10.2.0.1", "10.3.255.255", "::ffff:10.2.0.1", "fd00:1::5", "127.0.0.1", "8.8.8.8"}) {
    EXPECT_TRUE(guard.Admits(Address(text).get())) << text;
  }
  for (const char* text : {"10.1.255.255", "10.4.0.0", "fd00:2::1", "127.0.0.2", "::1"}) {
    EXPECT_FALSE(guard.Admits(Address(text).get())) << text;
  }
}

TEST(AddressGuard, MalformedBlocksAreRefused) {
  for (const char* text : {"", "10", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x", "::/129",
                           "a::b::c", "example.org", "010.0.0.1"}) {
    EXPECT_FALSE(AddressBlock::Parse(text).ok()) << text;
  }
}

}  // namespace
}  // namespace limpid::http
