#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/http/client.h"
#include "verify-svc/phone/protocol.h"
#include "verify-svc/phone/provider.h"

namespace limpid::verify {

/// A provider that is asked over HTTP in the way that a ProviderProtocol says. Follows no redirect, sends
/// each question once. Thread-safe; `client` and `clock` must outlive it and every question.
class HttpProvider final : public PhoneProvider {
 public:
  struct Options {
    std::string name;
    std::string price;  ///< Of one look-up (`0.004 EUR`), where the answers do not tell; may be empty.
  };

  HttpProvider(Options options, std::unique_ptr<const ProviderProtocol> protocol, http::Client& client,
               const Clock& clock = SystemClock());

  const std::string& name() const override { return options_.name; }
  std::size_t max_numbers() const override { return protocol_->max_numbers(); }
  void Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) override;

 private:
  std::vector<ProviderAnswer> Read(const absl::StatusOr<http::FetchResponse>& response,
                                   const std::vector<NumberQuestion>& numbers) const;

  const Options options_;
  const std::unique_ptr<const ProviderProtocol> protocol_;
  http::Client& client_;
  const Clock& clock_;
};

/// What an exchange that brought no 2xx answer means: a status of HTTP, or the error of the client.
ProviderAnswer AnswerOfFailure(const absl::StatusOr<http::FetchResponse>& response, absl::Time now);

/// `Retry-After` of an answer: seconds or an HTTP date (RFC 9110 §10.2.3); zero when absent or unreadable.
absl::Duration RetryAfter(const http::FetchResponse& response, absl::Time now);

}  // namespace limpid::verify
