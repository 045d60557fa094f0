#include "contact-svc/domain/capture.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "contact-svc/domain/validation.h"

namespace limpid::contact {
namespace {

// Takes over a text: into an empty one always, over another only where `replace` says so.
void AbsorbText(const std::string& from, std::string& to, bool replace, bool& left_out) {
  if (from.empty() || from == to) return;
  if (to.empty() || replace) {
    to = from;
  } else {
    left_out = true;
  }
}

// Adds what the list does not have. `same` says whether two elements are one.
template <class Element, class Same>
void AbsorbList(const std::vector<Element>& from, std::vector<Element>& to, size_t most, bool may_add,
                Same same, bool& left_out) {
  for (const Element& element : from) {
    if (std::ranges::any_of(to, [&](const Element& known) { return same(known, element); })) continue;
    if (!may_add || to.size() >= most) {
      left_out = true;
      continue;
    }
    to.push_back(element);
  }
}

// The value known first stays primary.
template <class Element>
void DemoteAdded(std::vector<Element>& list, size_t known) {
  if (known == 0) return;
  for (size_t i = known; i < list.size(); ++i) list[i].primary = false;
}

bool SameReachable(const ReachableValue& a, const ReachableValue& b) {
  return a.match_key.empty() ? a.value == b.value : a.match_key == b.match_key;
}

}  // namespace

CaptureDecision Decide(std::span<const Match> matches) {
  using Kind = CaptureDecision::Kind;
  if (matches.empty()) return {.kind = Kind::kCreate};
  const auto same = [](const Match& match) { return match.decision == MatchDecision::kSame; };
  const auto found = std::ranges::find_if(matches, same);
  if (found == matches.end()) return {.kind = Kind::kHold, .match = 0, .reason = kNameConflict};
  if (std::ranges::count_if(matches, same) > 1)
    return {.kind = Kind::kHold, .match = 0, .reason = kSeveralMatches};
  return {.kind = Kind::kUpdate, .match = static_cast<size_t>(found - matches.begin())};
}

Absorbed Absorb(const Contact& known, const Contact& capture, AbsorbPolicy policy) {
  Absorbed result{.contact = known};
  Contact& to = result.contact;
  bool& left_out = result.left_out;
  const bool refresh = policy == AbsorbPolicy::kRefresh;
  const auto may_add = [&](const auto& list) { return refresh || list.empty(); };

  // Another spelling of a name that is known says nothing new: it is neither taken nor held.
  bool ignored = false;
  AbsorbText(capture.given_name, to.given_name, false, ignored);
  AbsorbText(capture.family_name, to.family_name, false, ignored);
  AbsorbText(capture.honorific, to.honorific, refresh, left_out);
  AbsorbText(capture.birth_date, to.birth_date, false, left_out);
  AbsorbText(capture.job_title, to.job_title, refresh, left_out);
  AbsorbText(capture.company.display_name, to.company.display_name, refresh, left_out);
  AbsorbText(capture.company.domain, to.company.domain, refresh, left_out);

  AbsorbList(capture.emails, to.emails, kMaxReachable, may_add(known.emails), SameReachable, left_out);
  DemoteAdded(to.emails, known.emails.size());
  AbsorbList(capture.phones, to.phones, kMaxReachable, may_add(known.phones), SameReachable, left_out);
  DemoteAdded(to.phones, known.phones.size());
  const auto same_address = [](const StoredAddress& a, const StoredAddress& b) { return a.value == b.value; };
  AbsorbList(capture.postal_addresses, to.postal_addresses, kMaxAddresses, may_add(known.postal_addresses),
             same_address, left_out);
  DemoteAdded(to.postal_addresses, known.postal_addresses.size());
  AbsorbList(capture.external_ids, to.external_ids, kMaxExternalIds, may_add(known.external_ids),
             std::equal_to<>(), left_out);
  AbsorbList(capture.tags, to.tags, kMaxTags, may_add(known.tags), std::equal_to<>(), left_out);
  for (const auto& [name, value] : capture.custom_fields) {
    if (to.custom_fields.size() >= kMaxCustomFields && !to.custom_fields.contains(name)) {
      left_out = true;
      continue;
    }
    AbsorbText(value, to.custom_fields[name], refresh, left_out);
  }
  if (!to.source) to.source = capture.source;
  result.changed = to != known;
  return result;
}

bool AddConsents(std::span<const Consent> given, absl::Time now, Contact& contact) {
  for (Consent consent : given) {
    consent.time = now;
    std::erase_if(contact.consents, [&](Consent known) {
      known.time = now;
      return known == consent;
    });
    contact.consents.insert(contact.consents.begin(), std::move(consent));
  }
  return contact.consents.size() <= kMaxConsents;
}

}  // namespace limpid::contact
