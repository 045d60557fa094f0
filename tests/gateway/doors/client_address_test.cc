#include "gateway/doors/client_address.h"

#include <string>

#include <gmock/gmock.h>

#include "tests/gateway/transcoding/recorded_answer.h"

namespace limpid::gateway {
namespace {

class TellsTheAddress final : public http::Handler {
 public:
  void Handle(http::Request request, http::Responder responder) override {
    responder.Send({.body = request.remote_address});
  }
};

std::string AddressSeen(const TrustedProxies& proxies, const char* peer, http::Headers headers) {
  ClientAddress door(proxies, std::make_shared<TellsTheAddress>());
  http::Request request("GET", "/");
  for (const auto& [name, value] : headers) request.AddHeader(name, value);
  request.remote_address = peer;
  RecordedAnswer answer;
  door.Handle(std::move(request), answer.responder());
  return answer.body();
}

TEST(ClientAddress, IsWhatATrustedProxySays) {
  const TrustedProxies proxies =
      TrustedProxies::Parse(std::vector<std::string>{"10.0.0.0/8"}, "X-Forwarded-For").value();
  EXPECT_EQ(AddressSeen(proxies, "10.0.0.1", {{"x-forwarded-FOR", "192.0.2.1"}}), "192.0.2.1");
  EXPECT_EQ(AddressSeen(proxies, "10.0.0.1",
                        {{"X-Forwarded-For", "198.51.100.1"}, {"X-Forwarded-For", "192.0.2.1"}}),
            "192.0.2.1");
  EXPECT_EQ(AddressSeen(proxies, "10.0.0.1", {{"Forwarded", "for=192.0.2.1"}}), "10.0.0.1");
  EXPECT_EQ(AddressSeen(proxies, "192.0.2.9", {{"X-Forwarded-For", "192.0.2.1"}}), "192.0.2.9");
}

TEST(ClientAddress, IsThePeersWhereNobodyIsTrusted) {
  EXPECT_EQ(AddressSeen(TrustedProxies(), "192.0.2.9", {{"X-Forwarded-For", "192.0.2.1"}}), "192.0.2.9");
}

}  // namespace
}  // namespace limpid::gateway
