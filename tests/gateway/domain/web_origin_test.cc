#include "gateway/domain/web_origin.h"

#include <string>

#include <gmock/gmock.h>

namespace limpid::gateway {
namespace {

TEST(WebOrigin, IsWrittenAsBrowsersWriteIt) {
  for (const char* origin :
       {"https://shop.example", "https://shop.example:8443", "https://xn--caf-dma.example",
        "https://192.0.2.1", "http://localhost", "http://localhost:3000", "http://127.0.0.1:5173",
        "http://[::1]:3000", "https://a_b.example"}) {
    EXPECT_TRUE(IsWebOrigin(origin)) << origin;
  }
}

TEST(WebOrigin, IsNothingThatABrowserWouldNotSend) {
  for (const char* text : {"",
                           "null",
                           "*",
                           "https://",
                           "https://*",
                           "https://*.shop.example",
                           "https://shop.example/",
                           "https://shop.example/form",
                           "https://Shop.example",
                           "HTTPS://shop.example",
                           "https://shop.example:443",
                           "https://shop.example:0443",
                           "https://shop.example:",
                           "https://shop.example:0",
                           "https://shop.example:65536",
                           "https://shop.example:80a",
                           "https://user@shop.example",
                           "https://shop..example",
                           "https://-shop.example",
                           "https://shop.example.",
                           "https://café.example",
                           "https://shop.example?x",
                           "http://localhost:80",
                           "http://[::1",
                           "https://shop.example https://b.example"}) {
    EXPECT_FALSE(IsWebOrigin(text)) << text;
  }
}

TEST(WebOrigin, SpeaksPlainHttpOnTheDevelopersMachineOnly) {
  EXPECT_FALSE(IsWebOrigin("http://shop.example"));
  EXPECT_FALSE(IsWebOrigin("http://localhost.shop.example"));
}

TEST(WebOrigin, HasAHostOfBoundedLength) {
  const std::string label(63, 'a');
  EXPECT_TRUE(IsWebOrigin("https://" + label + ".example"));
  EXPECT_FALSE(IsWebOrigin("https://a" + label + ".example"));
  EXPECT_FALSE(IsWebOrigin("https://" + label + "." + label + "." + label + "." + label + ".example"));
}

}  // namespace
}  // namespace limpid::gateway
