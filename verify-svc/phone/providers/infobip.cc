#include "verify-svc/phone/providers/infobip.h"

#include <utility>

#include "libs/base/strings.h"
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

}  // namespace

std::unique_ptr<const ProviderProtocol> MakeInfobip(InfobipOptions options) {
  return std::make_unique<Infobip>(std::move(options));
}

}  // namespace limpid::verify
