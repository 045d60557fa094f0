#include "verify-svc/phone/http_provider.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

// A provider that says "come again tomorrow" is believed for so long.
constexpr absl::Duration kMaxRetryAfter = absl::Minutes(10);

bool IsSuccess(int status) { return status >= 200 && status < 300; }

}  // namespace

absl::Duration RetryAfter(const http::FetchResponse& response, absl::Time now) {
  const auto header = std::ranges::find(response.headers, "retry-after",
                                        [](const auto& field) { return std::string_view(field.first); });
  if (header == response.headers.end()) return absl::ZeroDuration();
  absl::Duration delay = absl::ZeroDuration();
  if (int seconds = 0; absl::SimpleAtoi(header->second, &seconds)) {
    delay = absl::Seconds(seconds);
  } else if (absl::Time when; absl::ParseTime("%a, %d %b %Y %H:%M:%S GMT", header->second, &when, nullptr)) {
    delay = when - now;
  }
  return std::clamp(delay, absl::ZeroDuration(), kMaxRetryAfter);
}

ProviderAnswer AnswerOfFailure(const absl::StatusOr<http::FetchResponse>& response, absl::Time now) {
  if (!response.ok()) {
    switch (response.status().code()) {
      case absl::StatusCode::kDeadlineExceeded:
      case absl::StatusCode::kCancelled:
        return {.outcome = LookupOutcome::kTimeout};
      case absl::StatusCode::kPermissionDenied:
      case absl::StatusCode::kInvalidArgument:
        return {.outcome = LookupOutcome::kRefused, .billed = false};
      case absl::StatusCode::kResourceExhausted:
        return {.outcome = LookupOutcome::kBusy, .billed = false};
      default:
        // Lost before, while or after the question was read: nobody knows whether it is charged.
        return {.outcome = LookupOutcome::kBusy};
    }
  }
  const int status = response->status;
  if (status == 404) return {.outcome = LookupOutcome::kNoCoverage, .billed = false};
  if (status == 408 || status == 425 || status == 429 || status == 503) {
    return {.outcome = LookupOutcome::kBusy, .billed = false, .retry_after = RetryAfter(*response, now)};
  }
  if (status >= 500) return {.outcome = LookupOutcome::kBusy};
  return {.outcome = LookupOutcome::kRefused, .billed = false};
}

HttpProvider::HttpProvider(Options options, std::unique_ptr<const ProviderProtocol> protocol,
                           http::Client& client, const Clock& clock)
    : options_(std::move(options)), protocol_(std::move(protocol)), client_(client), clock_(clock) {}

void HttpProvider::Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) {
  http::FetchRequest request = protocol_->Request(numbers);
  request.at_most_once = true;
  client_.Fetch(call, std::move(request),
                [this, numbers = std::move(numbers), done = std::move(done)](
                    absl::StatusOr<http::FetchResponse> response) mutable { done(Read(response, numbers)); });
}

std::vector<ProviderAnswer> HttpProvider::Read(const absl::StatusOr<http::FetchResponse>& response,
                                               const std::vector<NumberQuestion>& numbers) const {
  const absl::Time now = clock_.Now();
  if (!response.ok() || !IsSuccess(response->status)) {
    return AnswerAll(numbers.size(), AnswerOfFailure(response, now));
  }
  const std::optional<http::JsonDocument> body = http::JsonDocument::Parse(response->body);
  if (!body) return AnswerAll(numbers.size(), {.outcome = LookupOutcome::kBusy});
  std::vector<ProviderAnswer> answers = protocol_->Read(*body, numbers);
  for (ProviderAnswer& answer : answers) {
    if (answer.outcome != LookupOutcome::kAnswered) continue;
    std::string cost = answer.facts.sources.empty() ? options_.price : answer.facts.sources.front().cost;
    answer.facts.sources = {{.name = options_.name, .as_of = now, .cost = std::move(cost)}};
  }
  return answers;
}

}  // namespace limpid::verify
