#include "libs/http/listen_address.h"

#include <gmock/gmock.h>

namespace limpid::http {
namespace {

TEST(ListenAddress, HostAndPortAreToldApart) {
  EXPECT_EQ(ParseListenAddress("127.0.0.1:8080")->port, 8080);
  EXPECT_EQ(ParseListenAddress("[::]:0")->host, "::");
}

TEST(ListenAddress, WhatIsNeitherIsRefused) {
  for (const char* text : {"", "8080", ":8080", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:http"}) {
    EXPECT_FALSE(ParseListenAddress(text).ok()) << text;
  }
}

}  // namespace
}  // namespace limpid::http
