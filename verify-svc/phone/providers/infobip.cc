#include "verify-svc/phone/providers/infobip.h"

#include <utility>

#include "libs/base/strings.h"
#include "libs/http/json_writer.h"
#include "verify-svc/phone/providers/hlr_report.h"
#include "verify-svc/phone/providers/json_request.h"

namespace limpid::verify {
namespace {

constexpr std::size_t kMaxNumbers = 100;

class Infobip final : public ProviderProtocol {
 public:
  explicit Infobip(InfobipOptions options) : options_(std::move(options)) {}

  std::size_t max_numbers() const override { return kMaxNumbers; }

  http::FetchRequest Request(std::span<const NumberQuestion> numbers) const override {
    return PostJson(StrCat(options_.url, "/number/1/query"), StrCat("{\"to\":", DigitsList(numbers), "}"),
                    {{"Authorization", StrCat("App ", options_.api_key)}});
  }

  std::vector<ProviderAnswer> Read(const http::JsonDocument& body,
                                   std::span<const NumberQuestion> numbers) const override {
    if (body.At("/requestError").IsGiven()) {
      return AnswerAll(numbers.size(), {.outcome = LookupOutcome::kRefused, .billed = false});
    }
    return AnswerEach(body.At("/results").Items(), "/to", numbers, ReadHlrReport);
  }

 private:
  const InfobipOptions options_;
};

class InfobipNotify final : public ReportingProtocol {
 public:
  explicit InfobipNotify(InfobipOptions options) : options_(std::move(options)) {}

  http::FetchRequest Request(const NumberQuestion& number, const ReportAddress& address) const override {
    std::string body = StrCat("{\"to\":", DigitsList({&number, 1}), ",\"notifyUrl\":");
    http::AppendJsonString(address.url, body);
    body += ",\"notifyContentType\":\"application/json\"}";
    return PostJson(StrCat(options_.url, "/number/1/notify"), std::move(body),
                    {{"Authorization", StrCat("App ", options_.api_key)}});
  }

  LookupOutcome ReadAcceptance(const http::JsonDocument& body) const override {
    if (body.At("/requestError").IsGiven()) return LookupOutcome::kRefused;
    const std::string state = body.At("/results/0/status/groupName").Text().value_or("");
    return state == "PENDING" ? LookupOutcome::kAnswered : LookupOutcome::kRefused;
  }

  std::vector<Report> ReadReports(const http::JsonDocument& body) const override {
    std::vector<Report> reports;
    for (const http::JsonValue& result : body.At("/results").Items()) {
      reports.push_back({.number = result.At("/to").Text().value_or(""), .answer = ReadHlrReport(result)});
    }
    return reports;
  }

 private:
  const InfobipOptions options_;
};

}  // namespace

std::unique_ptr<const ReportingProtocol> MakeInfobipNotify(InfobipOptions options) {
  return std::make_unique<InfobipNotify>(std::move(options));
}

std::unique_ptr<const ProviderProtocol> MakeInfobip(InfobipOptions options) {
  return std::make_unique<Infobip>(std::move(options));
}

}  // namespace limpid::verify
