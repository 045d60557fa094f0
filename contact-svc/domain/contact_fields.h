#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "contact-svc/domain/contact.h"

namespace limpid::contact {

/// A field of a contact that callers write, as update masks and events name it.
struct ContactField {
  std::string_view path;
  bool (*is_set)(const Contact&);
  bool (*equal)(const Contact&, const Contact&);
  void (*copy)(const Contact& from, Contact& to);
};

/// Every such field. A field that is missing here can be neither updated nor noticed as changed.
std::span<const ContactField> WritableFields();

/// The fields that an update writes: those that the mask names (`*`: all), or without a mask those that are
/// set in `contact`. INVALID_ARGUMENT at `update_mask` for a path that is none.
absl::StatusOr<std::vector<const ContactField*>> FieldsToWrite(std::span<const std::string> mask,
                                                               const Contact& contact);

/// Paths of the fields in which the two differ.
std::vector<std::string> ChangedFields(const Contact& before, const Contact& after);

}  // namespace limpid::contact
