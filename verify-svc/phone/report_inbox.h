#pragma once

#include <map>
#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/redis/cache.h"
#include "libs/redis/key_hasher.h"
#include "verify-svc/app/number_history.h"
#include "verify-svc/app/number_reports.h"
#include "verify-svc/app/used_tokens.h"
#include "verify-svc/phone/protocol.h"
#include "verify-svc/phone/report_board.h"
#include "verify-svc/phone/report_token.h"

namespace limpid::verify {

/// Reports on their way in: checks the token, wakes who waits in this process and keeps what was learned for
/// everybody else of the tenant. Thread-safe; all must outlive it.
class ReportInbox final : public NumberReports {
 public:
  struct Parts {
    const ReportTokens& tokens;
    UsedTokens& used;
    ReportBoard& board;
    NumberHistory& history;
    redis::Cache& cache;
    const redis::KeyHasher& hasher;
    NumberExpiry expiry;
    const Clock& clock = SystemClock();
  };
  using Protocols = std::map<std::string, std::shared_ptr<const ReportingProtocol>, std::less<>>;

  ReportInbox(Protocols protocols, const Parts& parts) : protocols_(std::move(protocols)), parts_(parts) {}

  void Take(std::string_view token, const std::string& report, Taken taken) override;

 private:
  void Keep(const ReportToken& token, const std::string& e164, const NumberFacts& facts);

  const Protocols protocols_;
  const Parts parts_;
};

}  // namespace limpid::verify
