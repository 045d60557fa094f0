#include "verify-svc/phone/report_inbox.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "verify-svc/domain/number_record.h"
#include "verify-svc/phone/cached_lookup.h"

namespace limpid::verify {
namespace {

// Equal for all that is wrong: who guesses learns nothing.
absl::Status NoSuchReport() { return NotFound("phoneReport", ""); }

std::string E164Of(std::string_view number) {
  std::string e164 = "+";
  std::ranges::copy_if(number, std::back_inserter(e164), [](char c) { return c >= '0' && c <= '9'; });
  return e164;
}

}  // namespace

void ReportInbox::Take(std::string_view text, const std::string& report, Taken taken) {
  const std::optional<ReportToken> token = ReportTokens::Read(text);
  if (!token || token->expire_time <= parts_.clock.Now()) return taken(NoSuchReport());
  const auto protocol = protocols_.find(token->provider);
  const std::optional<http::JsonDocument> body = http::JsonDocument::Parse(report);
  if (protocol == protocols_.end() || !body) return taken(NoSuchReport());
  std::vector<ReportingProtocol::Report> reports = protocol->second->ReadReports(*body);
  const auto fitting = std::ranges::find_if(
      reports, [&](const auto& one) { return parts_.tokens.Fits(text, E164Of(one.number)); });
  if (fitting == reports.end()) return taken(NoSuchReport());

  ProviderAnswer answer = std::move(fitting->answer);
  const absl::Time now = parts_.clock.Now();
  if (answer.outcome == LookupOutcome::kAnswered) {
    answer.facts.sources = {{.name = token->provider, .as_of = now}};
    SetExpiry(answer.facts, now, parts_.expiry);
  }
  parts_.used.Use(token->id, token->expire_time,
                  [this, token = *token, e164 = E164Of(fitting->number), answer = std::move(answer),
                   taken = std::move(taken)](absl::StatusOr<bool> first) mutable {
                    if (!first.ok()) return taken(first.status());
                    if (*first) {
                      if (answer.outcome == LookupOutcome::kAnswered) Keep(token, e164, answer.facts);
                      parts_.board.Deliver(token.id, std::move(answer));
                    }
                    taken(absl::OkStatus());
                  });
}

void ReportInbox::Keep(const ReportToken& token, const std::string& e164, const NumberFacts& facts) {
  Call call;
  call.tenant = token.tenant;
  parts_.history.Keep(call, {{e164, facts}});
  parts_.cache.Set(CachedLookup::KeyOf(parts_.hasher, token.tenant, e164), WriteRecord(facts),
                   facts.assignment_expires - parts_.clock.Now());
}

}  // namespace limpid::verify
