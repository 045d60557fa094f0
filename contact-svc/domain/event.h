#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

#include "libs/base/ids.h"

namespace limpid::contact {

namespace event_type {
inline constexpr std::string_view kCreated = "limpid.contact.created";
inline constexpr std::string_view kUpdated = "limpid.contact.updated";
inline constexpr std::string_view kDeleted = "limpid.contact.deleted";
}  // namespace event_type

/// A change of a contact, as written with it. Holds no value of the contact.
struct ContactEvent {
  std::string type;
  absl::Time time;
  TenantId tenant;
  ContactId contact;
  std::string etag;
  std::vector<std::string> fields;
  std::vector<std::string> causes;
  friend bool operator==(const ContactEvent&, const ContactEvent&) = default;
};

}  // namespace limpid::contact
