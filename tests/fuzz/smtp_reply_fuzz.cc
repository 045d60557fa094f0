#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "libs/quality/reasons.h"
#include "libs/text/unicode.h"
#include "tests/fuzz/require.h"
#include "verify-svc/email/smtp/reply.h"
#include "verify-svc/email/smtp/reply_rules.h"
#include "verify-svc/email/smtp/reply_text.h"

namespace limpid::fuzz {
namespace {

using verify::SmtpReply;
using verify::SmtpReplyReader;
namespace er = quality::email_reason;

// Every kind of rule that a table can hold.
constexpr std::string_view kRules =
    "accepted\trecipient\t250,251\t*\t*\t*\tMAILBOX_EXISTS\n"
    "grey\t*\t4xx\t*\t*\tgreylist*|try … later\tGREYLISTED\n"
    "full\trecipient\t5xx\t5.2.*\t*\t*\tMAILBOX_FULL\n"
    "bare\trecipient\t5xx\t-\t*\t-\tMAILBOX_DISABLED\n"
    "nameless\trecipient\t5xx\t*\t*\t^ <>\tPOLICY\n"
    "unknown\t*\t5xx\t*\t*\tuser … … unknown|rejected $|^ … $\tMAILBOX_NOT_FOUND\n";

struct Read {
  std::vector<SmtpReply> replies;
  SmtpReplyReader::Fault fault;
};

Read InPieces(std::string_view input, std::size_t size) {
  SmtpReplyReader reader;
  Read read{};
  while (!input.empty()) {
    reader.Feed(input.substr(0, size));
    input.remove_prefix(std::min(size, input.size()));
    while (auto reply = reader.Next()) read.replies.push_back(*reply);
  }
  read.fault = reader.fault();
  return read;
}

bool Same(const SmtpReply& a, const SmtpReply& b) {
  return a.code == b.code && a.enhanced_code == b.enhanced_code && a.lines == b.lines;
}

void Judge(const SmtpReply& reply) {
  static const auto& rules =
      *new std::shared_ptr<const verify::ReplyRules>(*verify::ReplyRules::Parse(kRules));
  constexpr std::array kOfMailbox = {er::kMailboxExists, er::kMailboxFull, er::kMailboxDisabled,
                                     er::kMailboxNotFound};
  const auto of_mailbox = [&](verify::SmtpStage stage) {
    return std::ranges::find(kOfMailbox, rules->Judge(stage, reply, "example.org").reason) !=
           kOfMailbox.end();
  };
  Require(!of_mailbox(verify::SmtpStage::kOpening), "before RCPT TO nothing speaks of the mailbox");
  (void)of_mailbox(verify::SmtpStage::kRecipient);
  const std::string shown = verify::MaskedReplyText(reply.Text(), "jean");
  Require(text::IsValidUtf8(shown), "what is shown is UTF-8");
  Require(shown.size() <= SmtpReplyReader::kKeptLineBytes, "what is shown is bounded");
}

}  // namespace
}  // namespace limpid::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using limpid::fuzz::Require;
  using limpid::verify::SmtpReplyReader;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const limpid::fuzz::Read whole = limpid::fuzz::InPieces(input, std::max<std::size_t>(size, 1));
  const limpid::fuzz::Read bytes = limpid::fuzz::InPieces(input, 1);
  Require(whole.fault == bytes.fault, "how the bytes arrive does not matter");
  Require(std::ranges::equal(whole.replies, bytes.replies, limpid::fuzz::Same),
          "how the bytes arrive does not matter");
  for (const limpid::verify::SmtpReply& reply : whole.replies) {
    Require(reply.code >= 200 && reply.code <= 599, "a code is of RFC 5321");
    Require(!reply.lines.empty() && reply.lines.size() <= SmtpReplyReader::kMaxReplyLines,
            "lines are bounded");
    for (const std::string& line : reply.lines) {
      Require(line.size() <= SmtpReplyReader::kKeptLineBytes, "a line is bounded");
    }
    limpid::fuzz::Judge(reply);
  }
  return 0;
}
