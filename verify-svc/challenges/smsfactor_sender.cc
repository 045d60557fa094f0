#include "verify-svc/challenges/smsfactor_sender.h"

#include <utility>

#include "libs/base/strings.h"
#include "libs/http/json_writer.h"

namespace limpid::verify {
namespace {

constexpr int kOk = 1;
// "Doesn't mean your SMS won't be sent", as the documentation says.
constexpr int kUnclear = -8;

class SmsFactorSender final : public SenderProtocol {
 public:
  SmsFactorSender(SmsFactorSenderOptions options, std::shared_ptr<const TextsInForce> texts)
      : options_(std::move(options)), texts_(std::move(texts)) {}

  bool Carries(ChallengeChannel channel) const override { return channel == ChallengeChannel::kSms; }

  http::FetchRequest Request(const ChallengeMessage& message) const override {
    std::string body = R"({"sms":{"message":{"text":)";
    http::AppendJsonString(texts_->Get()->SmsFor(message), body);
    body += R"(,"pushtype":"alert")";
    if (!options_.sender.empty()) {
      body += R"(,"sender":)";
      http::AppendJsonString(options_.sender, body);
    }
    // Numbers without their plus sign.
    StrAppend(body, R"(},"recipients":{"gsm":[{"value":")", message.destination.substr(1), R"("}]}}})");
    return {.method = "POST",
            .url = StrCat(options_.url, "/send"),
            .headers = {{"Content-Type", "application/json"},
                        {"Accept", "application/json"},
                        {"Authorization", StrCat("Bearer ", options_.token)}},
            .body = std::move(body)};
  }

  Fate Accepted(const http::JsonValue& body) const override {
    const int64_t status = body.At("/status").Integer().value_or(kUnclear);
    if (status == kUnclear) return Fate::kUncertain;
    if (status != kOk) return Fate::kNotSent;
    // Blacklisted, invalid, no longer assigned, or in a country that the account may not reach.
    return body.At("/sent").Integer().value_or(1) > 0 ? Fate::kSent : Fate::kRefused;
  }

  Fate Rejected(const http::JsonValue&) const override { return Fate::kNotSent; }

 private:
  const SmsFactorSenderOptions options_;
  const std::shared_ptr<const TextsInForce> texts_;
};

}  // namespace

std::unique_ptr<const SenderProtocol> MakeSmsFactorSender(SmsFactorSenderOptions options,
                                                          std::shared_ptr<const TextsInForce> texts) {
  return std::make_unique<SmsFactorSender>(std::move(options), std::move(texts));
}

}  // namespace limpid::verify
