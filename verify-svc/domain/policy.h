#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace limpid::verify {

/// What one tenant allows verify-svc to do for it. The defaults are those of a tenant that chose nothing.
struct Policy {
  struct Email {
    bool allow_callouts = false;  ///< DEEP may ask mail servers. Some providers dislike it: off until chosen.
    bool admit_quoted = false;    ///< Quoted local parts and address literals are not SYNTAX faults.
    /// Domains that this tenant's customers use and that typos are searched for, beside the public ones.
    std::vector<std::string> known_domains;
    friend bool operator==(const Email&, const Email&) = default;
  } email;

  struct Phone {
    /// What may be asked of paid providers and sent codes. Calling codes (`33`), regions (`FR`) and types
    /// (`MOBILE`); an empty allow-list allows all, the deny-lists outrank the allow-lists.
    std::vector<int> allowed_calling_codes;
    std::vector<int> denied_calling_codes;
    std::vector<std::string> allowed_regions;
    std::vector<std::string> denied_regions;
    std::vector<std::string> denied_types;
    /// Names of the providers that may be asked, in their order; empty: none, and DEEP ends at the number
    /// plan.
    std::vector<std::string> providers;
    int daily_lookups = 0;  ///< Paid questions a day (UTC); 0: none.
    friend bool operator==(const Phone&, const Phone&) = default;
  } phone;

  struct Challenges {
    int daily_messages = 1000;  ///< Codes by SMS and voice a day (UTC).
    bool allow_voip = false;    ///< Codes may go to VoIP numbers.
    friend bool operator==(const Challenges&, const Challenges&) = default;
  } challenges;

  /// Of the stored choice, 0 when nothing was chosen. Grows with each change of any tenant's policy.
  int64_t version = 0;
  absl::Time update_time = absl::InfinitePast();  ///< Of the stored choice.
  friend bool operator==(const Policy&, const Policy&) = default;
};

/// INVALID_ARGUMENT with every violation, paths inside the policy (`phone.allowed_regions[2]`).
absl::Status CheckPolicy(const Policy& policy);

/// A field of a policy, as update masks name it.
struct PolicyField {
  std::string_view path;
  bool (*is_set)(const Policy&);  ///< Not 0, false or empty.
  void (*copy)(const Policy& from, Policy& to);
};

/// The fields that an update writes: those that the mask names (`*`: all; `phone`: all in it), or without a
/// mask those that are set in `policy`. INVALID_ARGUMENT at `update_mask` for a path that is none.
absl::StatusOr<std::vector<const PolicyField*>> PolicyFieldsToWrite(std::span<const std::string> mask,
                                                                    const Policy& policy);

}  // namespace limpid::verify
