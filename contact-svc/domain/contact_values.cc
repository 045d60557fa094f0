#include "contact-svc/domain/contact_values.h"

#include <algorithm>
#include <vector>

namespace limpid::contact {
namespace {

// What a person gave us is taken to be theirs.
constexpr double kGiven = 1;

void StampReachable(std::vector<ReachableValue>& values, const Provenance& provenance,
                    std::string_view source) {
  for (ReachableValue& value : values) {
    value.provenance = provenance;
    value.source = source;
    value.confidence = kGiven;
  }
}

void CarryOverReachable(const std::vector<ReachableValue>& known, std::vector<ReachableValue>& values) {
  for (ReachableValue& value : values) {
    const auto before = std::ranges::find(known, value.value, &ReachableValue::value);
    if (before == known.end()) continue;
    value.provenance = before->provenance;
    value.source = before->source;
    value.confidence = before->confidence;
    if (value.verdict == before->verdict) value.verify_time = before->verify_time;
  }
}

}  // namespace

void Stamp(Contact& contact, const Provenance& provenance, std::string_view source) {
  StampReachable(contact.emails, provenance, source);
  StampReachable(contact.phones, provenance, source);
  for (StoredAddress& address : contact.postal_addresses) {
    address.provenance = provenance;
    address.source = source;
  }
}

void CarryOver(const Contact& known, Contact& contact) {
  CarryOverReachable(known.emails, contact.emails);
  CarryOverReachable(known.phones, contact.phones);
  for (StoredAddress& address : contact.postal_addresses) {
    const auto before = std::ranges::find(known.postal_addresses, address.value, &StoredAddress::value);
    if (before == known.postal_addresses.end()) continue;
    address.provenance = before->provenance;
    address.source = before->source;
  }
}

}  // namespace limpid::contact
