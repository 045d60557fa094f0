#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/mutex.h"
#include "libs/quality/reasons.h"
#include "verify-svc/app/mail_domain_lookup.h"
#include "verify-svc/app/mailbox_callout.h"
#include "verify-svc/app/policies.h"

namespace limpid::verify {

/// A DNS of which a test says what it knows. Domains that it was not told of have one host.
class FakeMailDomains final : public MailDomainLookup {
 public:
  void Find(const Call&, const std::string& domain, Done<MailDomain> done) override {
    asked.push_back(domain);
    const auto told = answers.find(domain);
    done(told == answers.end() ? OneHost() : told->second);
  }

  static MailDomain OneHost() {
    MailDomain mail{.state = MailDomainState::kHasHosts, .time_to_live = absl::Seconds(300)};
    mail.hosts = {{.name = "mx.host.fr", .preference = 10, .addresses = {"193.0.0.1"}}};
    return mail;
  }

  std::map<std::string, MailDomain> answers;
  std::vector<std::string> asked;
};

/// Mail servers that answer when the test says so: at once with `reasons`, or, when `waits` is set, by
/// AnswerNext.
class FakeCallout final : public MailboxCallout {
 public:
  void Ask(const Call&, CalloutQuery query, Done<std::vector<CalloutAnswer>> done) override {
    asked.push_back(query);
    waiting.emplace_back(std::move(query), std::move(done));
    if (!waits) AnswerNext();
  }

  /// Answers the question that waits longest.
  void AnswerNext() {
    auto [query, done] = std::move(waiting.front());
    waiting.erase(waiting.begin());
    std::vector<CalloutAnswer> answers;
    for (const CalloutRecipient& recipient : query.recipients) {
      const auto told = reasons.find(recipient.address);
      CalloutAnswer answer{.reason =
                               told == reasons.end() ? quality::email_reason::kMailboxExists : told->second};
      answer.evidence.push_back({.step = "RCPT", .host = "mx.host.fr", .code = 250, .text = "2.1.5 Ok"});
      answers.push_back(std::move(answer));
    }
    done(std::move(answers));
  }
  void FailNext(absl::Status status) {
    auto [query, done] = std::move(waiting.front());
    waiting.erase(waiting.begin());
    done(std::move(status));
  }

  bool waits = false;
  std::map<std::string, std::string_view> reasons;
  std::vector<CalloutQuery> asked;
  std::vector<std::pair<CalloutQuery, Done<std::vector<CalloutAnswer>>>> waiting;
};

/// The same policy for every tenant.
class FixedPolicies final : public Policies {
 public:
  explicit FixedPolicies(Policy policy = {}) : policy_(std::make_shared<const Policy>(std::move(policy))) {}
  std::shared_ptr<const Policy> Of(const TenantId&) const override { return policy_; }

 private:
  const std::shared_ptr<const Policy> policy_;
};

}  // namespace limpid::verify
