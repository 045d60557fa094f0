#include "libs/quality/email/email_rules.h"

#include <algorithm>
#include <utility>

#include "libs/base/strings.h"
#include "libs/quality/email/canonical_key.h"
#include "libs/quality/email/registry.h"
#include "libs/quality/email/repair.h"

namespace limpid::quality {
namespace {

std::string_view MeaningOf(std::string_view rule) {
  const auto found = std::find_if(kEmailSyntaxRules.begin(), kEmailSyntaxRules.end(),
                                  [&](const Meaning& entry) { return entry.word == rule; });
  return found == kEmailSyntaxRules.end() ? std::string_view() : found->meaning;
}

/// `Character 5 (byte 6): …`, both counted from 0; they differ behind characters beyond ASCII.
std::string Describe(const SyntaxFault& fault, std::string_view input) {
  const std::string_view before = input.substr(0, fault.position);
  const auto characters =
      std::count_if(before.begin(), before.end(), [](char c) { return (c & 0xC0) != 0x80; });
  return StrCat("Character ", characters, " (byte ", fault.position, "): ", MeaningOf(fault.rule));
}

void AddSyntaxFault(const SyntaxFault& fault, std::string_view input, EmailVerdict& verdict) {
  verdict.reasons = {email_reason::kSyntax, fault.rule};
  verdict.evidence.push_back({.step = "SYNTAX", .text = Describe(fault, input)});
}

}  // namespace

void AddListEvidence(EmailVerdict& verdict, std::string_view list, std::string_view entry) {
  verdict.evidence.push_back({.step = "LIST", .text = std::string(entry), .source = std::string(list)});
}

EmailRules::EmailRules(std::shared_ptr<const QualityData> data) : data_(std::move(data)) {}

EmailVerdict EmailRules::Verify(std::string_view input, const EmailOptions& options) const {
  EmailVerdict verdict;
  verdict.data_version = data_->version();
  ParsedEmail parsed = ParseEmail(input, {.admit_quoted = options.admit_quoted});
  if (parsed.fault) {
    AddSyntaxFault(*parsed.fault, input, verdict);
    verdict.did_you_mean = RepairAddress(input, data_->email(), options.known_domains);
    Decide(verdict);
    return verdict;
  }
  verdict.address = *std::move(parsed.address);
  const EmailAddress& address = verdict.address;
  const std::string_view mailbox = WithoutTag(address.local());
  // An address literal belongs to no domain that a list could know.
  const std::string_view domain = address.is_literal ? std::string_view() : address.domain();
  const DomainTable::Chain chain = data_->email().domains().FindChain(domain);
  const EmailFacts facts{.address = address,
                         .lists = data_->email(),
                         .domain = chain,
                         .mailbox = mailbox,
                         .tagged = mailbox.size() != address.local_size,
                         .known_domains = options.known_domains};
  for (const RegisteredEmailRule& rule : EmailRuleRegistry()) rule.apply(facts, verdict);
  Decide(verdict);
  return verdict;
}

}  // namespace limpid::quality
