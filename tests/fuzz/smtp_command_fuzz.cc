#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/require.h"
#include "verify-svc/email/smtp/dialogue.h"

// Whatever address is asked for, no command goes out that we did not mean.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using limpid::fuzz::Require;
  const std::string_view address(reinterpret_cast<const char*>(data), size);
  for (const bool smtputf8 : {false, true}) {
    limpid::verify::SmtpDialogue dialogue(
        {.mail_from = "a@example.org", .pipelining = true, .smtputf8 = smtputf8});
    const bool asked = dialogue.AskRecipient(address, smtputf8);
    const std::string output = dialogue.TakeOutput();
    const auto count = [&output](char c) { return std::ranges::count(output, c); };
    Require(count('\n') == (asked ? 2 : 0), "a line for MAIL, one for RCPT");
    Require(count('\r') == count('\n'), "every line ends as it should");
    Require(count('\0') == 0, "no NUL");
    if (!asked) continue;
    Require(output.ends_with(">\r\n"), "RCPT ends with its address");
    Require(output.find("\r\nRCPT TO:<") != std::string::npos, "RCPT follows MAIL");
    Require(smtputf8 || std::ranges::all_of(output, [](char c) { return (c & 0x80) == 0; }),
            "ASCII unless agreed");
  }
  return 0;
}
