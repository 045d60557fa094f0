#include "contact-svc/domain/match_key.h"

#include <algorithm>
#include <utility>

#include "libs/base/strings.h"

namespace limpid::contact {
namespace {

void AddReachable(KeyKind kind, const std::vector<ReachableValue>& values, std::vector<MatchKey>& keys) {
  for (const ReachableValue& value : values) {
    if (!value.match_key.empty()) keys.push_back({kind, value.match_key});
  }
}

std::vector<MatchKey> SortedOnce(std::vector<MatchKey> keys) {
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace

// A system's name holds no colon.
MatchKey KeyOf(const ExternalId& id) { return {KeyKind::kExternalId, StrCat(id.system, ":", id.id)}; }

std::vector<MatchKey> UniqueKeysOf(const Contact& contact) {
  std::vector<MatchKey> keys;
  for (const ExternalId& id : contact.external_ids) keys.push_back(KeyOf(id));
  return SortedOnce(std::move(keys));
}

std::vector<MatchKey> IdentifyingKeysOf(const Contact& contact) {
  std::vector<MatchKey> keys = UniqueKeysOf(contact);
  AddReachable(KeyKind::kEmail, contact.emails, keys);
  AddReachable(KeyKind::kPhone, contact.phones, keys);
  return SortedOnce(std::move(keys));
}

std::vector<MatchKey> KeysOf(const Contact& contact) {
  std::vector<MatchKey> keys = IdentifyingKeysOf(contact);
  for (const std::string& tag : contact.tags) keys.push_back({KeyKind::kTag, tag});
  return SortedOnce(std::move(keys));
}

}  // namespace limpid::contact
