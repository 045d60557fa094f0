#include "contact-svc/domain/normal_forms.h"

#include <algorithm>
#include <utility>

#include "libs/quality/email/address.h"
#include "libs/quality/email/canonical_key.h"
#include "libs/quality/email/email_rules.h"
#include "libs/quality/phone/phone_rules.h"

namespace limpid::contact {
namespace {

// Makes the first value primary where none is.
template <class Value>
void ChoosePrimary(std::vector<Value>& values) {
  if (values.empty() || std::ranges::any_of(values, &Value::primary)) return;
  values.front().primary = true;
}

void CompleteEmail(ReachableValue& email, const quality::EmailRules& rules, absl::Time now) {
  const quality::EmailVerdict verdict = rules.Verify(email.value);
  email.normalized = verdict.address.normalized;
  email.match_key = quality::CanonicalKey(verdict.address);
  email.verdict = Assessment{.status = std::string(quality::Name(verdict.status)),
                             .reason = std::string(verdict.reason),
                             .score = verdict.score,
                             .type = {}};
  email.verify_time = now;
}

void CompletePhone(ReachableValue& phone, const quality::PhoneRules& rules, std::string_view region,
                   absl::Time now) {
  const quality::PhoneVerdict verdict = rules.Verify(phone.value, region);
  phone.normalized = verdict.e164;
  phone.match_key = verdict.e164;
  phone.verdict = Assessment{.status = std::string(quality::Name(verdict.status)),
                             .reason = verdict.reasons.empty() ? "" : std::string(verdict.reasons.front()),
                             .score = 0,
                             .type = std::string(quality::Name(verdict.type))};
  phone.verify_time = now;
}

std::string_view RegionOr(std::string_view region) { return region.empty() ? kDefaultRegion : region; }

}  // namespace

struct NormalForms::Rules {
  explicit Rules(std::shared_ptr<const quality::QualityData> lists)
      : data(std::move(lists)), emails(data), phones(data) {}

  std::shared_ptr<const quality::QualityData> data;
  quality::EmailRules emails;
  quality::PhoneRules phones;
};

NormalForms::NormalForms(std::shared_ptr<const quality::QualityData> data) { Replace(std::move(data)); }

void NormalForms::Replace(std::shared_ptr<const quality::QualityData> data) {
  rules_.Set(std::make_shared<const Rules>(std::move(data)));
}

void NormalForms::Complete(Contact& contact, std::string_view default_region, absl::Time now) const {
  const std::shared_ptr<const Rules> rules = rules_.Get();
  for (ReachableValue& email : contact.emails) CompleteEmail(email, rules->emails, now);
  for (ReachableValue& phone : contact.phones) {
    CompletePhone(phone, rules->phones, RegionOr(default_region), now);
  }
  ChoosePrimary(contact.emails);
  ChoosePrimary(contact.phones);
  ChoosePrimary(contact.postal_addresses);
}

std::string NormalForms::EmailKey(std::string_view email) const {
  const quality::ParsedEmail parsed = quality::ParseEmail(email);
  return parsed.address ? quality::CanonicalKey(*parsed.address) : std::string();
}

std::string NormalForms::PhoneKey(std::string_view phone, std::string_view default_region) const {
  return rules_.Get()->phones.E164(phone, RegionOr(default_region));
}

std::shared_ptr<const text::GivenNames> NormalForms::given_names() const {
  const std::shared_ptr<const Rules> rules = rules_.Get();
  return {rules, &rules->data->given_names()};
}

}  // namespace limpid::contact
