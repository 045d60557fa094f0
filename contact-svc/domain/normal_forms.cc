#include "contact-svc/domain/normal_forms.h"

#include <algorithm>
#include <utility>

#include "libs/quality/email/address.h"
#include "libs/quality/email/canonical_key.h"

namespace limpid::contact {
namespace {

// Makes the first value primary where none is.
template <class Value>
void ChoosePrimary(std::vector<Value>& values) {
  if (values.empty() || std::ranges::any_of(values, &Value::primary)) return;
  values.front().primary = true;
}

}  // namespace

NormalForms::NormalForms(std::shared_ptr<const quality::QualityData> data)
    : data_(std::move(data)), emails_(data_), phones_(data_) {}

void NormalForms::Complete(Contact& contact, std::string_view default_region, absl::Time now) const {
  for (ReachableValue& email : contact.emails) CompleteEmail(email, now);
  for (ReachableValue& phone : contact.phones) CompletePhone(phone, default_region, now);
  ChoosePrimary(contact.emails);
  ChoosePrimary(contact.phones);
  ChoosePrimary(contact.postal_addresses);
}

void NormalForms::CompleteEmail(ReachableValue& email, absl::Time now) const {
  const quality::EmailVerdict verdict = emails_.Verify(email.value);
  email.normalized = verdict.normalized;
  email.match_key = verdict.canonical_key;
  email.verdict = Assessment{.status = std::string(quality::Name(verdict.status)),
                             .reason = std::string(verdict.reason),
                             .score = verdict.score,
                             .type = {}};
  email.verify_time = now;
}

void NormalForms::CompletePhone(ReachableValue& phone, std::string_view default_region,
                                absl::Time now) const {
  const quality::PhoneVerdict verdict =
      phones_.Verify(phone.value, default_region.empty() ? kDefaultRegion : default_region);
  phone.normalized = verdict.e164;
  phone.match_key = verdict.e164;
  phone.verdict = Assessment{.status = std::string(quality::Name(verdict.status)),
                             .reason = verdict.reasons.empty() ? "" : std::string(verdict.reasons.front()),
                             .score = 0,
                             .type = std::string(quality::Name(verdict.type))};
  phone.verify_time = now;
}

std::string NormalForms::EmailKey(std::string_view email) const {
  const quality::ParsedEmail parsed = quality::ParseEmail(email);
  return parsed.address ? quality::CanonicalKey(*parsed.address) : std::string();
}

std::string NormalForms::PhoneKey(std::string_view phone, std::string_view default_region) const {
  return phones_.Verify(phone, default_region.empty() ? kDefaultRegion : default_region).e164;
}

}  // namespace limpid::contact
