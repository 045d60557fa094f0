#include "verify-svc/challenges/registry.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "verify-svc/challenges/http_sender.h"
#include "verify-svc/challenges/smsfactor_sender.h"
#include "verify-svc/challenges/smtp_sender.h"
#include "verify-svc/challenges/template_sender.h"
#include "verify-svc/challenges/twilio_sender.h"

namespace limpid::verify {
namespace {

using MadeSender = absl::StatusOr<std::unique_ptr<Sender>>;

struct Parts {
  const Settings& settings;
  const std::shared_ptr<const TextsInForce>& texts;
  const Clock& clock;
  Random& random;
};

// The settings without which a sender cannot work.
absl::Status Need(const Settings& settings, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (settings.Text(name).empty()) {
      return InvalidField(name, reason::kRequired, StrCat(name, " must be given: verify.senders needs it"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<http::Client::Options> ClientOptions(const Settings& settings) {
  http::Client::Options options{.connect_timeout = absl::Seconds(3)};
  for (const std::string& block : settings.List("verify.senders_allowed_addresses")) {
    absl::StatusOr<http::AddressBlock> parsed = http::AddressBlock::Parse(block);
    if (!parsed.ok()) {
      return InvalidField("verify.senders_allowed_addresses", reason::kInvalidFormat,
                          StrCat("verify.senders_allowed_addresses: ", block, " is no block of addresses"));
    }
    options.guard.allowed.push_back(*parsed);
  }
  return options;
}

MadeSender OverHttp(const char* name, const Settings& settings,
                    std::unique_ptr<const SenderProtocol> protocol) {
  absl::StatusOr<http::Client::Options> options = ClientOptions(settings);
  if (!options.ok()) return options.status();
  return std::make_unique<HttpSender>(name, std::move(protocol), *std::move(options));
}

MadeSender MakeSmtp(const Parts& parts) {
  const Settings& settings = parts.settings;
  if (absl::Status status = Need(settings, {"verify.mail_url", "verify.mail_from"}); !status.ok()) {
    return status;
  }
  return std::make_unique<SmtpSender>(
      SmtpSender::Options{.url = settings.Text("verify.mail_url"),
                          .user = settings.Text("verify.mail_user"),
                          .password = settings.Text("verify.mail_password"),
                          .from = settings.Text("verify.mail_from"),
                          .require_tls = settings.Boolean("verify.mail_require_tls"),
                          .ca_file = settings.Text("verify.mail_ca_file")},
      parts.texts, parts.clock, parts.random);
}

MadeSender MakeSmsFactor(const Parts& parts) {
  const Settings& settings = parts.settings;
  if (absl::Status status = Need(settings, {"verify.sms_smsfactor_token"}); !status.ok()) return status;
  return OverHttp("smsfactor", settings,
                  MakeSmsFactorSender({.url = settings.Text("verify.sms_smsfactor_url"),
                                       .token = settings.Text("verify.sms_smsfactor_token"),
                                       .sender = settings.Text("verify.sms_smsfactor_sender")},
                                      parts.texts));
}

MadeSender MakeTwilio(const Parts& parts) {
  const Settings& settings = parts.settings;
  if (absl::Status status =
          Need(settings, {"verify.sms_twilio_account", "verify.sms_twilio_token", "verify.sms_twilio_from"});
      !status.ok()) {
    return status;
  }
  return OverHttp("twilio", settings,
                  MakeTwilioSender({.url = settings.Text("verify.sms_twilio_url"),
                                    .account = settings.Text("verify.sms_twilio_account"),
                                    .token = settings.Text("verify.sms_twilio_token"),
                                    .from = settings.Text("verify.sms_twilio_from")},
                                   parts.texts));
}

MadeSender MakeTemplate(const Parts& parts) {
  const Settings& settings = parts.settings;
  if (absl::Status status = Need(settings, {"verify.sms_http_url"}); !status.ok()) return status;
  return OverHttp("http", settings,
                  MakeTemplateSender({.url = settings.Text("verify.sms_http_url"),
                                      .authorization = settings.Text("verify.sms_http_authorization"),
                                      .body = settings.Text("verify.sms_http_body")},
                                     parts.texts));
}

struct Entry {
  std::string_view name;
  MadeSender (*make)(const Parts&);
};

constexpr std::array kSenders = {
    Entry{"smtp", MakeSmtp},
    Entry{"smsfactor", MakeSmsFactor},
    Entry{"twilio", MakeTwilio},
    Entry{"http", MakeTemplate},
};

}  // namespace

absl::StatusOr<std::vector<std::unique_ptr<Sender>>> MakeSenders(const Settings& settings,
                                                                 std::shared_ptr<const TextsInForce> texts,
                                                                 const Clock& clock, Random& random) {
  std::vector<std::unique_ptr<Sender>> senders;
  const Parts parts{settings, texts, clock, random};
  for (const std::string& name : settings.List("verify.senders")) {
    const auto entry = std::ranges::find(kSenders, name, &Entry::name);
    if (entry == kSenders.end()) {
      return InvalidField("verify.senders", reason::kUnknownValue,
                          StrCat("verify.senders: ", name, " is none of smtp, smsfactor, twilio and http"));
    }
    MadeSender sender = entry->make(parts);
    if (!sender.ok()) return sender.status();
    senders.push_back(*std::move(sender));
  }
  return senders;
}

}  // namespace limpid::verify
