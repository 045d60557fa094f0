#include "verify-svc/phone/reported_provider.h"

#include <optional>
#include <utility>

#include "libs/base/strings.h"
#include "verify-svc/phone/http_provider.h"

namespace limpid::verify {

void ReportedProvider::Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) {
  const ReportToken token = {.id = NewSecret(parts_.random),
                             .expire_time = parts_.clock.Now() + options_.token_lifetime,
                             .provider = options_.name,
                             .tenant = call.tenant};
  const std::string text = parts_.tokens.Make(token, numbers.front().e164);
  // Waited for before it is asked: the report may be faster than the answer to the question.
  parts_.board.Await(
      call, token.id,
      [price = options_.price, done = std::move(done)](std::vector<ProviderAnswer> answers) mutable {
        for (NumberSource& source : answers.front().facts.sources) source.cost = price;
        done(std::move(answers));
      });
  http::FetchRequest request = protocol_->Request(
      numbers.front(), {.url = StrCat(options_.public_url, "/v1/phoneReports/", text), .reference = text});
  request.at_most_once = true;
  parts_.client.Fetch(
      call, std::move(request), [this, id = token.id](absl::StatusOr<http::FetchResponse> response) {
        if (!response.ok() || response->status < 200 || response->status >= 300) {
          parts_.board.Deliver(id, AnswerOfFailure(response, parts_.clock.Now()));
          return;
        }
        const std::optional<http::JsonDocument> body = http::JsonDocument::Parse(response->body);
        const LookupOutcome taken = body ? protocol_->ReadAcceptance(*body) : LookupOutcome::kBusy;
        if (taken != LookupOutcome::kAnswered) parts_.board.Deliver(id, {.outcome = taken});
      });
}

}  // namespace limpid::verify
