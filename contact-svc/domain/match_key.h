#pragma once

#include <compare>
#include <string>
#include <vector>

#include "contact-svc/domain/contact.h"

namespace limpid::contact {

/// What a contact is found under. Stored as numbers: never change one.
enum class KeyKind { kEmail = 1, kPhone = 2, kExternalId = 3, kTag = 4 };

struct MatchKey {
  KeyKind kind = KeyKind::kEmail;
  std::string key;
  friend auto operator<=>(const MatchKey&, const MatchKey&) = default;
};

MatchKey KeyOf(const ExternalId& id);
/// All keys of a contact with normal forms, sorted, each once.
std::vector<MatchKey> KeysOf(const Contact& contact);
/// Those that one contact alone may have: of its external ids.
std::vector<MatchKey> UniqueKeysOf(const Contact& contact);
/// Those by which two contacts may be one person: without tags.
std::vector<MatchKey> IdentifyingKeysOf(const Contact& contact);

}  // namespace limpid::contact
