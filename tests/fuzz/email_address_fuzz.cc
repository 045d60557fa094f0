#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "libs/quality/email/address.h"
#include "libs/quality/email/canonical_key.h"
#include "libs/quality/email/email_rules.h"
#include "libs/quality/quality_data.h"
#include "tests/fuzz/require.h"

namespace limpid::fuzz {
namespace {

using quality::CanonicalKey;
using quality::EmailAddress;
using quality::EmailOptions;
using quality::EmailRules;
using quality::EmailStatus;
using quality::EmailVerdict;

const EmailRules& Rules() {
  static const auto* const rules =
      new EmailRules(quality::QualityData::Load(LIMPID_SOURCE_DIR "/data").value());
  return *rules;
}

/// Text that stands in an SMTP command stays inside it.
bool IsOneLine(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

void CheckAddress(const EmailAddress& address, const EmailOptions& options) {
  const std::string ascii = address.ascii();
  Require(address.local_size >= 1 && address.local_size <= 64, "a local part has 1 to 64 octets");
  Require(!address.domain().empty() && address.domain().size() <= 253, "a domain has 1 to 253 octets");
  Require(address.normalized.size() <= 254 && ascii.size() <= 254, "an address has at most 254 octets");
  Require(IsOneLine(address.normalized) && IsOneLine(ascii), "an address is one line");
  Require(ascii.empty() == address.needs_smtputf8, "an address has an ASCII form or needs SMTPUTF8");
  if (!options.admit_quoted) {
    Require(address.normalized.find_first_of(" \t\"<>()[]\\,;:") == std::string::npos,
            "no sign of another syntax");
  }
  const EmailVerdict again = Rules().Verify(address.normalized, options);
  Require(again.address.normalized == address.normalized, "the normal form is its own normal form");
  Require(again.address.domain() == address.domain(), "the normal form has the same domain");
  Require(CanonicalKey(again.address) == CanonicalKey(address), "the normal form has the same key");
  if (!ascii.empty()) {
    Require(Rules().Verify(ascii, options).address.normalized == address.normalized,
            "the ASCII form is the same address");
  }
}

void CheckVerdict(std::string_view input, const EmailOptions& options) {
  const EmailVerdict verdict = Rules().Verify(input, options);
  const quality::ParsedEmail parsed = quality::ParseEmail(input, {.admit_quoted = options.admit_quoted});
  Require(parsed.address.has_value() != parsed.fault.has_value(), "an input is an address or has a fault");
  Require(verdict.address.empty() == verdict.Has(quality::email_reason::kSyntax),
          "only a fault has no address");
  Require(verdict.status != EmailStatus::kDeliverable, "nothing is deliverable that nobody asked for");
  Require(verdict.score >= 0 && verdict.score <= 100, "a score lies between 0 and 100");
  Require(!verdict.reasons.empty(), "a verdict has a reason");
  if (parsed.fault) Require(parsed.fault->position <= input.size(), "a fault lies inside the input");
  if (parsed.address) CheckAddress(*parsed.address, options);
  if (!verdict.did_you_mean) return;
  const quality::ParsedEmail meant =
      quality::ParseEmail(verdict.did_you_mean->email, {.admit_quoted = options.admit_quoted});
  Require(meant.address.has_value(), "a suggestion is an address");
  Require(verdict.did_you_mean->email != verdict.address.normalized, "a suggestion is another address");
  Require(verdict.did_you_mean->confidence > 0 && verdict.did_you_mean->confidence <= 1,
          "a confidence lies in (0, 1]");
}

}  // namespace
}  // namespace limpid::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  limpid::fuzz::CheckVerdict(input, {});
  limpid::fuzz::CheckVerdict(input, {.admit_quoted = true});
  return 0;
}
