#include "verify-svc/phone/registry.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "libs/base/strings.h"
#include "verify-svc/phone/providers/generic.h"
#include "verify-svc/phone/providers/hlr_lookups.h"
#include "verify-svc/phone/providers/infobip.h"
#include "verify-svc/phone/providers/messagebird.h"
#include "verify-svc/phone/providers/smsfactor.h"
#include "verify-svc/phone/providers/telnyx.h"
#include "verify-svc/phone/providers/twilio.h"
#include "verify-svc/phone/providers/vonage.h"

namespace limpid::verify {
namespace {

using Made = absl::StatusOr<std::unique_ptr<const ProviderProtocol>>;

std::string NameOf(std::string_view provider, std::string_view own) {
  std::string name = StrCat("verify.phone_", provider, "_", own);
  std::ranges::replace(name, '-', '_');  // As the names of all settings are.
  return name;
}

OwnSetting Credential(std::string_view name, std::string_view sentence) {
  return {.name = name, .sentence = sentence, .secret = true, .needed = true};
}

std::vector<ProviderSpec> MakeKnownProviders() {
  return {
      {.name = "smsfactor",
       .default_url = "https://api.smsfactor.com",
       .own = {Credential("token", "API token of the SMSFactor account.")},
       .make = [](const ProviderSettings& settings) -> Made {
         return MakeSmsFactor({.url = settings.Text("url"), .token = settings.Text("token")});
       }},
      {.name = "infobip",
       .default_url = "https://api.infobip.com",
       .own = {Credential("api_key", "API key of the Infobip account."),
               {.name = "reports",
                .sentence = "Let Infobip send its answers later, to verify.phone_reports_url.",
                .default_value = "false",
                .type = SettingType::kBoolean}},
       .make = [](const ProviderSettings& settings) -> Made {
         return MakeInfobip({.url = settings.Text("url"), .api_key = settings.Text("api_key")});
       },
       .make_reporting =
           [](const ProviderSettings& settings) {
             return MakeInfobipNotify({.url = settings.Text("url"), .api_key = settings.Text("api_key")});
           }},
      {.name = "hlr-lookups",
       .default_url = "https://www.hlr-lookups.com",
       .own = {Credential("api_key", "API key of the hlr-lookups.com account."),
               Credential("api_secret", "API secret of the hlr-lookups.com account.")},
       .make = [](const ProviderSettings& settings) -> Made {
         return MakeHlrLookups({.url = settings.Text("url"),
                                .api_key = settings.Text("api_key"),
                                .api_secret = settings.Text("api_secret")});
       }},
      {.name = "twilio",
       .default_url = "https://lookups.twilio.com",
       .own = {Credential("api_key", "API key (SK…) of the Twilio account, or its SID."),
               Credential("api_secret", "Secret of that key."),
               {.name = "fields",
                .sentence = "Packages of Twilio Lookup that are asked for, each charged for itself.",
                .default_value = "line_type_intelligence,line_status"}},
       .make = [](const ProviderSettings& settings) -> Made {
         return MakeTwilio({.url = settings.Text("url"),
                            .api_key = settings.Text("api_key"),
                            .api_secret = settings.Text("api_secret"),
                            .fields = settings.Text("fields")});
       }},
      {.name = "vonage",
       .default_url = "https://api-eu.vonage.com",
       .own = {Credential("application_id", "Id of the Vonage application."),
               Credential("private_key", "Private key of the Vonage application, in PEM."),
               {.name = "insights",
                .sentence = "Insights that are asked for, each charged for itself.",
                .default_value = "current_carrier,original_carrier,reachability,roaming"},
               {.name = "purpose",
                .sentence = "Purpose that the networks are told.",
                .default_value = "FraudPreventionAndDetection"}},
       .make = [](const ProviderSettings& settings) -> Made {
         return MakeVonage({.url = settings.Text("url"),
                            .application_id = settings.Text("application_id"),
                            .private_key = settings.Text("private_key"),
                            .insights = settings.Text("insights"),
                            .purpose = settings.Text("purpose")});
       }},
      {.name = "telnyx",
       .default_url = "https://api.telnyx.com",
       .own = {Credential("api_key", "API key of the Telnyx account.")},
       .make = [](const ProviderSettings& settings) -> Made {
         return MakeTelnyx({.url = settings.Text("url"), .api_key = settings.Text("api_key")});
       }},
      {.name = "messagebird",
       .default_url = "https://rest.messagebird.com",
       .own = {Credential("access_key",
                          "Access key of the MessageBird account, whose HLR callback is "
                          "/v1/phoneReports under verify.phone_reports_url.")},
       .make = nullptr,
       .make_reporting =
           [](const ProviderSettings& settings) {
             return MakeMessageBird({.url = settings.Text("url"), .access_key = settings.Text("access_key")});
           }},
      {.name = "generic",
       .default_url = "",
       .own = {{.name = "facts",
                .sentence = "Where the facts stand in the answer: `fact=pointer`, for any of number, error, "
                            "reachability, ported, roaming, roaming_region, carrier, carrier_mccmnc, "
                            "original_carrier, original_carrier_mccmnc, line_type, sim_swapped, cost.",
                .type = SettingType::kList,
                .needed = true},
               {.name = "words",
                .sentence =
                    "What the provider's words for reachability mean: `alive=REACHABLE,gone=UNASSIGNED`.",
                .type = SettingType::kList},
               {.name = "method", .sentence = "GET or POST.", .default_value = "GET"},
               {.name = "headers",
                .sentence = "Headers of the request, `Name: value`; {secret} stands for the secret.",
                .type = SettingType::kList},
               {.name = "body", .sentence = "Body of the request; {digits} and {e164} stand for the number."},
               {.name = "secret", .sentence = "What {secret} in a header stands for.", .secret = true}},
       .make = [](const ProviderSettings& settings) -> Made {
         return MakeGeneric({.url = settings.Text("url"),
                             .method = settings.Text("method"),
                             .headers = settings.List("headers"),
                             .body = settings.Text("body"),
                             .secret = settings.Text("secret"),
                             .facts = settings.List("facts"),
                             .words = settings.List("words")});
       }},
  };
}

// The rows refer to texts that must live as long as the process.
class Rows {
 public:
  Rows() {
    for (const ProviderSpec& provider : KnownProviders()) Add(provider);
  }
  const std::vector<SettingSpec>& rows() const { return rows_; }

 private:
  void Add(const ProviderSpec& provider) {
    rows_.push_back(
        {.name = Name(provider, "url"),
         .default_value = provider.default_url,
         .sentence = provider.name == "generic"
                         ? Kept("URL of the generic provider; {digits} and {e164} stand for the number.")
                         : Kept(StrCat("Where ", provider.name, " is asked."))});
    for (const OwnSetting& own : provider.own) {
      rows_.push_back({.name = Name(provider, own.name),
                       .type = own.type,
                       .default_value = own.default_value,
                       .sentence = own.sentence,
                       .secret = own.secret});
    }
    rows_.push_back({.name = Name(provider, "timeout"),
                     .type = SettingType::kDuration,
                     .default_value = "8s",
                     .sentence = "Time for one question.",
                     .min = 10,
                     .max = 60000});
    rows_.push_back({.name = Name(provider, "per_minute"),
                     .type = SettingType::kInteger,
                     .default_value = "600",
                     .sentence = "Questions a minute that the account allows.",
                     .min = 1,
                     .max = 1000000});
    rows_.push_back({.name = Name(provider, "at_once"),
                     .type = SettingType::kInteger,
                     .default_value = "16",
                     .sentence = "Questions that may be under way at once.",
                     .min = 1,
                     .max = 256});
    rows_.push_back(
        {.name = Name(provider, "price"),
         .sentence = "What one look-up costs (`0.004 EUR`), for the sources of a verdict; empty: not told."});
  }

  std::string_view Kept(std::string text) { return texts_.emplace_back(std::move(text)); }
  std::string_view Name(const ProviderSpec& provider, std::string_view own) {
    return Kept(NameOf(provider.name, own));
  }

  std::deque<std::string> texts_;
  std::vector<SettingSpec> rows_;
};

}  // namespace

std::string ProviderSettings::Name(std::string_view own) const { return NameOf(provider_, own); }

const std::vector<ProviderSpec>& KnownProviders() {
  static const auto& providers = *new std::vector<ProviderSpec>(MakeKnownProviders());
  return providers;
}

std::span<const SettingSpec> ProviderSettingsTable() {
  static const auto& rows = *new Rows();
  return rows.rows();
}

}  // namespace limpid::verify
