#include "verify-svc/rpc/policy_convert.h"

#include <string>
#include <vector>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "verify-svc/rpc/wire_time.h"

namespace limpid::verify {
namespace {

constexpr std::string_view kName = "verificationPolicy";

template <class Value, class Field>
std::vector<Value> ListOf(const Field& field) {
  return {field.begin(), field.end()};
}

std::vector<std::string> ReadTypes(const google::protobuf::RepeatedField<int>& types,
                                   ErrorCollector& errors) {
  std::vector<std::string> words;
  for (int i = 0; i < types.size(); ++i) {
    // The words of the wire are those of the domain; proto3 enums are open: a number that no list has.
    if (types[i] == v1::PhoneType::PHONE_TYPE_UNSPECIFIED || !v1::PhoneType::Value_IsValid(types[i])) {
      errors.Add(StrCat("policy.phone.denied_types[", i, "]"), reason::kUnknownValue, "A type of number.");
      continue;
    }
    words.push_back(v1::PhoneType::Value_Name(types[i]));
  }
  return words;
}

}  // namespace

absl::Status CheckPolicyName(std::string_view field, std::string_view name) {
  if (name == kName) return absl::OkStatus();
  return InvalidField(field, name.empty() ? reason::kRequired : reason::kInvalidFormat,
                      StrCat("The name is ", kName, "."));
}

absl::StatusOr<ManagePolicy::Update> ReadUpdate(const v1::UpdateVerificationPolicyRequest& request) {
  const v1::VerificationPolicy& given = request.policy();
  ErrorCollector errors;
  errors.Merge("", CheckPolicyName("policy.name", given.name()));
  ManagePolicy::Update update{.mask = ListOf<std::string>(request.update_mask().paths()),
                              .etag = given.etag()};
  update.policy.email = {.allow_callouts = given.email().allow_callouts(),
                         .admit_quoted = given.email().admit_quoted(),
                         .known_domains = ListOf<std::string>(given.email().known_domains())};
  update.policy.phone = {.allowed_calling_codes = ListOf<int>(given.phone().allowed_calling_codes()),
                         .denied_calling_codes = ListOf<int>(given.phone().denied_calling_codes()),
                         .allowed_regions = ListOf<std::string>(given.phone().allowed_regions()),
                         .denied_regions = ListOf<std::string>(given.phone().denied_regions()),
                         .denied_types = ReadTypes(given.phone().denied_types(), errors),
                         .providers = ListOf<std::string>(given.phone().providers()),
                         .daily_lookups = given.phone().daily_lookups()};
  update.policy.challenges = {.daily_messages = given.challenges().daily_messages(),
                              .allow_voip = given.challenges().allow_voip()};
  if (errors.empty()) return update;
  // Also what the domain has to say, so that the caller learns of all at once.
  errors.Merge("policy", CheckPolicy(update.policy));
  return errors.Finish();
}

void Write(const Policy& policy, v1::VerificationPolicy& out) {
  out.set_name(std::string(kName));
  out.set_etag(EtagOf(policy));
  if (policy.version > 0) WriteTime(policy.update_time, *out.mutable_update_time());
  v1::VerificationPolicy::Email& email = *out.mutable_email();
  email.set_allow_callouts(policy.email.allow_callouts);
  email.set_admit_quoted(policy.email.admit_quoted);
  *email.mutable_known_domains() = {policy.email.known_domains.begin(), policy.email.known_domains.end()};
  v1::VerificationPolicy::Phone& phone = *out.mutable_phone();
  *phone.mutable_allowed_calling_codes() = {policy.phone.allowed_calling_codes.begin(),
                                            policy.phone.allowed_calling_codes.end()};
  *phone.mutable_denied_calling_codes() = {policy.phone.denied_calling_codes.begin(),
                                           policy.phone.denied_calling_codes.end()};
  *phone.mutable_allowed_regions() = {policy.phone.allowed_regions.begin(),
                                      policy.phone.allowed_regions.end()};
  *phone.mutable_denied_regions() = {policy.phone.denied_regions.begin(), policy.phone.denied_regions.end()};
  for (const std::string& word : policy.phone.denied_types) {
    v1::PhoneType::Value type = v1::PhoneType::PHONE_TYPE_UNSPECIFIED;
    if (v1::PhoneType::Value_Parse(word, &type)) phone.add_denied_types(type);
  }
  *phone.mutable_providers() = {policy.phone.providers.begin(), policy.phone.providers.end()};
  phone.set_daily_lookups(policy.phone.daily_lookups);
  v1::VerificationPolicy::Challenges& challenges = *out.mutable_challenges();
  challenges.set_daily_messages(policy.challenges.daily_messages);
  challenges.set_allow_voip(policy.challenges.allow_voip);
}

}  // namespace limpid::verify
