#include "verify-svc/phone/providers/smsfactor.h"

#include <utility>

#include "libs/base/strings.h"
#include "verify-svc/phone/providers/hlr_report.h"
#include "verify-svc/phone/providers/json_request.h"

namespace limpid::verify {
namespace {

constexpr std::size_t kMaxNumbers = 100;
constexpr int kOk = 1;
constexpr int kUnknownFault = -99;

class SmsFactor final : public ProviderProtocol {
 public:
  explicit SmsFactor(SmsFactorOptions options) : options_(std::move(options)) {}

  std::size_t max_numbers() const override { return kMaxNumbers; }

  http::FetchRequest Request(std::span<const NumberQuestion> numbers) const override {
    return PostJson(StrCat(options_.url, "/lookup"),
                    StrCat("{\"lookup\":{\"to\":", DigitsList(numbers), "}}"),
                    {{"Authorization", StrCat("Bearer ", options_.token)}});
  }

  std::vector<ProviderAnswer> Read(const http::JsonDocument& body,
                                   std::span<const NumberQuestion> numbers) const override {
    const auto status = body.At("/status").Integer();
    if (status && *status != kOk) {
      const LookupOutcome outcome = *status == kUnknownFault ? LookupOutcome::kBusy : LookupOutcome::kRefused;
      return AnswerAll(numbers.size(), {.outcome = outcome, .billed = false});
    }
    return AnswerEach(body.At("/response/lookup").Items(), "/to", numbers, ReadHlrReport);
  }

 private:
  const SmsFactorOptions options_;
};

}  // namespace

std::unique_ptr<const ProviderProtocol> MakeSmsFactor(SmsFactorOptions options) {
  return std::make_unique<SmsFactor>(std::move(options));
}

}  // namespace limpid::verify
