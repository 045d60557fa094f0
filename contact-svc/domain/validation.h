#pragma once

#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"

#include "contact-svc/domain/contact.h"

namespace limpid::contact {

/// The bounds of a contact.
inline constexpr size_t kMaxReachable = 20;
inline constexpr size_t kMaxAddresses = 20;
inline constexpr size_t kMaxExternalIds = 50;
inline constexpr size_t kMaxTags = 100;
inline constexpr size_t kMaxCustomFields = 100;
inline constexpr size_t kMaxConsents = 200;

/// OK, or INVALID_ARGUMENT with all that is wrong, paths from the contact on (`phones[1].value`). Asks for
/// normal forms (NormalForms::Complete) to find doubles. A value that nobody can be reached under is not
/// wrong: it is stored with its verdict.
absl::Status Validate(const Contact& contact, absl::CivilDay today);

/// The same for consents, paths from the list on (`[0].purpose`).
absl::Status Validate(std::span<const Consent> consents);

/// An id that a caller may choose: 1 to 63 of `a-z0-9-`, starting with a letter.
bool IsContactId(std::string_view id);

/// What a search takes, at the paths of FindMatchesRequest.
struct SearchedPerson {
  std::string email;
  std::string phone;
  std::string default_region;
  std::string given_name;
  std::string family_name;
  std::vector<ExternalId> external_ids;
};
absl::Status Validate(const SearchedPerson& person);

}  // namespace limpid::contact
