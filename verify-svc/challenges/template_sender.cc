#include "verify-svc/challenges/template_sender.h"

#include <utility>

#include "absl/strings/str_replace.h"

#include "libs/base/strings.h"
#include "libs/http/json_writer.h"

namespace limpid::verify {
namespace {

/// As it stands between the quotation marks of a JSON string.
std::string Inside(std::string_view text) {
  std::string quoted;
  http::AppendJsonString(text, quoted);
  return quoted.substr(1, quoted.size() - 2);
}

class TemplateSender final : public SenderProtocol {
 public:
  TemplateSender(TemplateSenderOptions options, std::shared_ptr<const TextsInForce> texts)
      : options_(std::move(options)), texts_(std::move(texts)) {}

  bool Carries(ChallengeChannel channel) const override { return channel == ChallengeChannel::kSms; }

  http::FetchRequest Request(const ChallengeMessage& message) const override {
    http::FetchRequest request{
        .method = "POST",
        .url = options_.url,
        .headers = {{"Content-Type", "application/json"}},
        .body = absl::StrReplaceAll(
            Absl(options_.body),
            {{"{to}", Inside(message.destination)}, {"{text}", Inside(texts_->Get()->SmsFor(message))}})};
    if (!options_.authorization.empty())
      request.headers.emplace_back("Authorization", options_.authorization);
    return request;
  }

  Fate Accepted(const http::JsonValue&) const override { return Fate::kSent; }
  Fate Rejected(const http::JsonValue&) const override { return Fate::kNotSent; }

 private:
  const TemplateSenderOptions options_;
  const std::shared_ptr<const TextsInForce> texts_;
};

}  // namespace

std::unique_ptr<const SenderProtocol> MakeTemplateSender(TemplateSenderOptions options,
                                                         std::shared_ptr<const TextsInForce> texts) {
  return std::make_unique<TemplateSender>(std::move(options), std::move(texts));
}

}  // namespace limpid::verify
