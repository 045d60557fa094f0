#include "verify-svc/wiring_smtp.h"

#include <array>
#include <string>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/quality_data.h"
#include "verify-svc/email/smtp/own_host.h"
#include "verify-svc/email/smtp/smtp_callout.h"
#include "verify-svc/email/smtp/wire_address.h"

namespace limpid::verify {
namespace {

absl::Status Invalid(std::string_view setting, std::string_view sentence) {
  return InvalidField(setting, reason::kInvalidFormat, StrCat(setting, ": ", sentence));
}

absl::StatusOr<std::string> HeloName(const Settings& settings) {
  const std::string& given = settings.Text("verify.smtp_helo_name");
  if (given.empty()) return OwnHostName();
  if (!IsWireSafeDomain(given)) return Invalid("verify.smtp_helo_name", "not a host name");
  return given;
}

absl::StatusOr<std::string> MailFrom(const Settings& settings, const std::string& helo_name) {
  const std::string& given = settings.Text("verify.smtp_mail_from");
  if (given == "<>") return std::string();
  std::string address = given.empty() ? StrCat("verify@", helo_name) : given;
  if (!IsWireSafeAddress(address, /*smtputf8=*/false))
    return Invalid("verify.smtp_mail_from", "not an address");
  return address;
}

absl::StatusOr<PortProbe::Mode> ProbeMode(const Settings& settings) {
  constexpr std::array kModes = {std::pair("off", PortProbe::Mode::kOff),
                                 std::pair("auto", PortProbe::Mode::kAuto),
                                 std::pair("on", PortProbe::Mode::kOn)};
  for (const auto& [word, mode] : kModes) {
    if (settings.Text("verify.smtp_probe") == word) return mode;
  }
  return Invalid("verify.smtp_probe", "off, auto or on");
}

bool IsProxy(std::string_view text) { return text.starts_with("socks5://"); }

absl::Status ReadProxies(const Settings& settings, SmtpCallout::Options& options) {
  options.proxy = settings.Text("verify.smtp_proxy");
  if (!options.proxy.empty() && !IsProxy(options.proxy))
    return Invalid("verify.smtp_proxy", "not socks5://host:port");
  for (const std::string& text : settings.List("verify.smtp_provider_proxies")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || !IsProxy(std::string_view(text).substr(equals + 1))) {
      return Invalid("verify.smtp_provider_proxies", "not domain=socks5://host:port");
    }
    options.provider_proxies.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return absl::OkStatus();
}

absl::StatusOr<SmtpCallout::Options> OptionsOf(const Settings& settings, const http::AddressGuard& guard) {
  absl::StatusOr<std::string> helo_name = HeloName(settings);
  if (!helo_name.ok()) return helo_name.status();
  absl::StatusOr<std::string> mail_from = MailFrom(settings, *helo_name);
  if (!mail_from.ok()) return mail_from.status();
  absl::StatusOr<PortProbe::Mode> probe = ProbeMode(settings);
  if (!probe.ok()) return probe.status();
  const auto integer = [&settings](std::string_view name) {
    return static_cast<int>(settings.Integer(name));
  };
  SmtpCallout::Options options{
      .session = {.ehlo_name = *std::move(helo_name),
                  .mail_from = *std::move(mail_from),
                  .port = integer("verify.smtp_port"),
                  .connect_timeout = settings.Duration("verify.smtp_connect_timeout"),
                  .greeting_timeout = settings.Duration("verify.smtp_greeting_timeout"),
                  .step_timeout = settings.Duration("verify.smtp_step_timeout"),
                  .guard = guard},
      .limits = {.connections = integer("verify.smtp_provider_connections"),
                 .per_minute = integer("verify.smtp_provider_rate"),
                 .sockets = integer("verify.smtp_max_sessions"),
                 .block = settings.Duration("verify.smtp_block_time")},
      .probe = {.mode = *probe, .target = settings.Text("verify.smtp_probe_target")},
      .proxy = {},
      .provider_proxies = {},
      .max_waiting = static_cast<std::size_t>(settings.Integer("verify.smtp_max_waiting"))};
  if (absl::Status status = ReadProxies(settings, options); !status.ok()) return status;
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SmtpParts>> SmtpParts::Build(SharedParts& shared,
                                                            const http::AddressGuard& guard) {
  absl::StatusOr<SmtpCallout::Options> options = OptionsOf(shared.settings, guard);
  if (!options.ok()) return options.status();
  const std::string& folder = shared.data_folder;
  auto rules = shared.data.Add<ReplyRules>({.name = "smtp_reply_rules",
                                            .files = {StrCat(folder, "/", ReplyRules::kFile)},
                                            .load = [folder] { return ReplyRules::Load(folder); }});
  if (!rules.ok()) return rules.status();
  auto quirks = shared.data.Add<ProviderQuirks>({.name = "mail_provider_quirks",
                                                 .files = {StrCat(folder, "/", ProviderQuirks::kFile)},
                                                 .load = [folder] { return ProviderQuirks::Load(folder); }});
  if (!quirks.ok()) return quirks.status();
  auto parts = std::make_unique<SmtpParts>();
  parts->own_name_ = options->session.ehlo_name;
  redis::Client* const client = shared.cache.client.get();
  parts->rate_ =
      std::make_unique<redis::SharedTokenBucket>(redis::SharedTokenBucket::Options(), client, *shared.hasher);
  // What a cache of this process alone could keep, the callouts' own memory keeps.
  auto memory = std::make_shared<CalloutMemory>(
      *shared.hasher, client == nullptr ? nullptr : shared.cache.cache.get(), *shared.metrics);
  parts->callout_ = std::make_unique<SmtpCallout>(
      *std::move(options),
      SmtpCallout::Parts{.rules = *std::move(rules),
                         .quirks = *std::move(quirks),
                         .memory = std::move(memory),
                         .rate = *parts->rate_,
                         .registrable_domain =
                             [lists = shared.rules](std::string_view host) {
                               const auto data = lists->Get()->data;
                               return std::string(
                                   data->email().domains().FindChain(host).RegistrableDomain());
                             },
                         .metrics = *shared.metrics,
                         .random = shared.random});
  return parts;
}

}  // namespace limpid::verify
