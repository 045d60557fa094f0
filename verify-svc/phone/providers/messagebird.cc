#include "verify-svc/phone/providers/messagebird.h"

#include <utility>

#include "libs/base/strings.h"
#include "libs/http/json_writer.h"
#include "verify-svc/phone/providers/json_request.h"

namespace limpid::verify {
namespace {

using quality::Reachability;

class MessageBird final : public ReportingProtocol {
 public:
  explicit MessageBird(MessageBirdOptions options) : options_(std::move(options)) {}

  http::FetchRequest Request(const NumberQuestion& number, const ReportAddress& address) const override {
    std::string body = StrCat("{\"msisdn\":", DigitsOf(number), ",\"reference\":");
    http::AppendJsonString(address.reference, body);
    return PostJson(StrCat(options_.url, "/hlr"), body + "}",
                    {{"Authorization", StrCat("AccessKey ", options_.access_key)}});
  }

  LookupOutcome ReadAcceptance(const http::JsonDocument& body) const override {
    if (body.At("/errors").IsGiven()) return LookupOutcome::kRefused;
    return body.At("/status").Text() == "sent" ? LookupOutcome::kAnswered : LookupOutcome::kBusy;
  }

  std::vector<Report> ReadReports(const http::JsonDocument& body) const override {
    Report report{.number = body.At("/msisdn").Text().value_or("")};
    const std::string status = body.At("/status").Text().value_or("");
    if (status == "active" || status == "absent" || status == "unknown") {
      report.answer.outcome = LookupOutcome::kAnswered;
      NumberFacts& facts = report.answer.facts;
      // "unknown" is a network that does not tell; it says nothing against the number.
      facts.reachability = status == "active"   ? Reachability::kReachable
                           : status == "absent" ? Reachability::kAbsent
                                                : Reachability::kUnknown;
      facts.carrier_current = ReadCarrier({}, body.At("/network"));
    }
    return {std::move(report)};
  }

 private:
  const MessageBirdOptions options_;
};

}  // namespace

std::unique_ptr<const ReportingProtocol> MakeMessageBird(MessageBirdOptions options) {
  return std::make_unique<MessageBird>(std::move(options));
}

}  // namespace limpid::verify
