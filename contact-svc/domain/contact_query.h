#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "contact-svc/domain/match_key.h"
#include "contact-svc/domain/normal_forms.h"

namespace limpid::contact {

enum class ContactOrder { kCreateTime, kUpdateTime, kFamilyName };

/// Which contacts a list shows, and in which order.
struct ContactQuery {
  std::vector<MatchKey> keys;              ///< All of them must be the contact's.
  std::optional<std::string> given_name;   ///< Folded (text::NameKey).
  std::optional<std::string> family_name;  ///< Folded.
  /// Bounds in microseconds, both included.
  std::optional<int64_t> created_from;
  std::optional<int64_t> created_to;
  std::optional<int64_t> updated_from;
  std::optional<int64_t> updated_to;
  /// A term that no contact can meet, such as an address without a normal form.
  bool nothing = false;
  ContactOrder order = ContactOrder::kCreateTime;
  bool descending = true;
};

/// Reads `filter` and `order_by` of a list. The filter is AIP-160 as far as terms joined by AND go: `email`,
/// `phone`, `given_name`, `family_name` with `=`, `tags` with `:`, `create_time` and `update_time` with `=`,
/// `<`, `<=`, `>` and `>=`. INVALID_ARGUMENT at `filter` or `order_by`.
absl::StatusOr<ContactQuery> ReadContactQuery(std::string_view filter, std::string_view order_by,
                                              const NormalForms& forms);

/// Folded for comparison and order: case, accents and hyphens do not count.
std::string NameKeyOf(std::string_view name);

}  // namespace limpid::contact
