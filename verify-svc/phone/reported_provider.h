#pragma once

#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/random.h"
#include "libs/http/client.h"
#include "verify-svc/phone/protocol.h"
#include "verify-svc/phone/provider.h"
#include "verify-svc/phone/report_board.h"
#include "verify-svc/phone/report_token.h"

namespace limpid::verify {

/// A provider that takes a question at once and sends the answer later, to a URL of ours that carries a
/// signed token. The question waits for it until its deadline; what comes after that, or at another replica,
/// is kept for the next who asks. Thread-safe; all must outlive it.
class ReportedProvider final : public PhoneProvider {
 public:
  struct Options {
    std::string name;
    std::string price;       ///< Of one look-up, may be empty.
    std::string public_url;  ///< Of the gateway, as the provider reaches it.
    absl::Duration token_lifetime = absl::Hours(24);
  };
  struct Parts {
    http::Client& client;
    ReportBoard& board;
    const ReportTokens& tokens;
    const Clock& clock = SystemClock();
    Random& random = SecureRandom();
  };

  ReportedProvider(Options options, std::shared_ptr<const ReportingProtocol> protocol, const Parts& parts)
      : options_(std::move(options)), protocol_(std::move(protocol)), parts_(parts) {}

  const std::string& name() const override { return options_.name; }
  /// A token speaks of one number.
  std::size_t max_numbers() const override { return 1; }
  void Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) override;

 private:
  const Options options_;
  const std::shared_ptr<const ReportingProtocol> protocol_;
  const Parts parts_;
};

}  // namespace limpid::verify
