#include "verify-svc/challenges/twilio_sender.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

// Twilio's errors that are about the number: not valid, not reachable from here, country not allowed, opted
// out, blocked, not a mobile.
constexpr std::array<int64_t, 8> kNumberErrors = {21211, 21214, 21215, 21216, 21408, 21610, 21612, 21614};

/// application/x-www-form-urlencoded.
std::string FormText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (absl::ascii_isalnum(c) || c == '-' || c == '.' || c == '_') {
      out.push_back(c);
    } else {
      StrAppend(out, "%", absl::AsciiStrToUpper(absl::BytesToHexString(absl::string_view(&c, 1))));
    }
  }
  return out;
}

std::string XmlText(std::string_view text) {
  return absl::StrReplaceAll(Absl(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

class TwilioSender final : public SenderProtocol {
 public:
  TwilioSender(TwilioSenderOptions options, std::shared_ptr<const TextsInForce> texts)
      : options_(std::move(options)), texts_(std::move(texts)) {}

  bool Carries(ChallengeChannel channel) const override {
    return channel == ChallengeChannel::kSms || channel == ChallengeChannel::kVoice;
  }

  http::FetchRequest Request(const ChallengeMessage& message) const override {
    const bool voice = message.channel == ChallengeChannel::kVoice;
    std::string credentials;
    absl::Base64Escape(StrCat(options_.account, ":", options_.token), &credentials);
    return {.method = "POST",
            .url = StrCat(options_.url, "/2010-04-01/Accounts/", options_.account,
                          voice ? "/Calls.json" : "/Messages.json"),
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                        {"Authorization", StrCat("Basic ", credentials)}},
            .body = StrCat("To=", FormText(message.destination), "&From=", FormText(options_.from),
                           voice ? "&Twiml=" : "&Body=",
                           FormText(voice ? Spoken(message) : texts_->Get()->SmsFor(message)))};
  }

  // 201 with the message's or the call's SID.
  Fate Accepted(const http::JsonValue& body) const override {
    return body.At("/sid").IsGiven() ? Fate::kSent : Fate::kUncertain;
  }

  Fate Rejected(const http::JsonValue& body) const override {
    const int64_t code = body.At("/code").Integer().value_or(0);
    const bool about_number = std::ranges::find(kNumberErrors, code) != kNumberErrors.end();
    return about_number ? Fate::kRefused : Fate::kNotSent;
  }

 private:
  std::string Spoken(const ChallengeMessage& message) const {
    return StrCat("<Response><Say language=\"", message.language == "en" ? "en-GB" : "fr-FR", "\">",
                  XmlText(texts_->Get()->VoiceFor(message)), "</Say></Response>");
  }

  const TwilioSenderOptions options_;
  const std::shared_ptr<const TextsInForce> texts_;
};

}  // namespace

std::unique_ptr<const SenderProtocol> MakeTwilioSender(TwilioSenderOptions options,
                                                       std::shared_ptr<const TextsInForce> texts) {
  return std::make_unique<TwilioSender>(std::move(options), std::move(texts));
}

}  // namespace limpid::verify
