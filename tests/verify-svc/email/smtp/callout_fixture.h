#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/base/metrics.h"
#include "libs/redis/key_hasher.h"
#include "libs/redis/quota.h"
#include "verify-svc/email/smtp/smtp_callout.h"

namespace limpid::verify {

/// A callout with everything it is built from, which may reach the loopback address, and waits in tests.
class CalloutFixture {
 public:
  /// What differs from CalloutOptions().
  explicit CalloutFixture(SmtpCallout::Options options, redis::Cache* shared = nullptr,
                          redis::Client* redis = nullptr);

  /// The answers, waited for. Hosts are `mx1.<domain>`, `mx2.<domain>` … at these addresses.
  std::vector<CalloutAnswer> Ask(const std::string& domain, const std::vector<std::string>& local_parts,
                                 const std::vector<std::string>& addresses = {"127.0.0.1"},
                                 absl::Duration budget = absl::Seconds(30));
  CalloutAnswer AskOne(const std::string& address) {
    const std::size_t at = address.rfind('@');
    return Ask(address.substr(at + 1), {address.substr(0, at)}).front();
  }
  std::vector<CalloutAnswer> Ask(const Call& call, CalloutQuery query);

  SmtpCallout& callout() { return *callout_; }
  MetricsRegistry& metrics() { return metrics_; }

 private:
  MetricsRegistry metrics_;
  redis::KeyHasher hasher_;
  redis::SharedTokenBucket rate_;
  std::unique_ptr<SmtpCallout> callout_;
};

/// For a server on this port of the loopback addresses: no limits that a test does not mean, little
/// lingering.
SmtpCallout::Options CalloutOptions(int port);
CalloutQuery Query(const std::string& domain, const std::vector<std::string>& local_parts,
                   const std::vector<std::string>& addresses = {"127.0.0.1"});

}  // namespace limpid::verify
