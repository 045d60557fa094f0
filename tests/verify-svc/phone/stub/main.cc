// The providers of phone look-ups, by hand: point verify-svc at it and choose by the number what happens.
#include <charconv>
#include <csignal>
#include <iostream>
#include <string_view>

#include "tests/verify-svc/phone/stub/provider_stub.h"

namespace {

constexpr std::string_view kUsage = R"(usage: provider-stub [PORT]
Speaks the JSON of SMSFactor, Infobip, Twilio, Vonage, hlr-lookups.com and Telnyx on a port of the loopback address
(8090), until it is interrupted. The last two digits of a number say what becomes of it:
  01 absent  02 unassigned  03 barred  04 network silent  05 no coverage  10 ported  11 roaming  13 SIM swapped
  80 429  81 429 with Retry-After  82 500  83 hangs  84 drips  85 reset  86 truncated  87 huge  88 redirect
  89 wrong types  90 refusal under 200  91 left out  92 no JSON        all others: reachable
)";

}  // namespace

int main(int argc, char** argv) {
  uint16_t port = 8090;
  if (argc > 1) {
    const std::string_view text = argv[1];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (argc > 2 || error != std::errc() || end != text.data() + text.size()) {
      std::cerr << kUsage;
      return 2;
    }
  }
  sigset_t interrupts;
  sigemptyset(&interrupts);
  sigaddset(&interrupts, SIGINT);
  sigaddset(&interrupts, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &interrupts, nullptr);
  const limpid::testing::ProviderStub stub({.port = port});
  if (stub.port() == 0) {
    std::cerr << "provider-stub: port " << port << " is in use\n";
    return 1;
  }
  std::cout << kUsage << "listening at " << stub.url() << std::endl;
  int signal = 0;
  sigwait(&interrupts, &signal);
  std::cout << stub.calls() << " questions were asked\n";
  return 0;
}
