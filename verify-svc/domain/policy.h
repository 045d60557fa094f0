#pragma once

#include <string>
#include <vector>

namespace limpid::verify {

/// What one tenant allows verify-svc to do for it. The defaults are those of a tenant that chose nothing.
struct Policy {
  struct Email {
    bool allow_callouts = false;  ///< DEEP may ask mail servers. Some providers dislike it: off until chosen.
    bool admit_quoted = false;    ///< Quoted local parts and address literals are not SYNTAX faults.
    /// Domains that this tenant's customers use and that typos are searched for, beside the public ones.
    std::vector<std::string> known_domains;
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
  } phone;

  struct Challenges {
    int daily_messages = 1000;  ///< Codes by SMS and voice a day (UTC).
    bool allow_voip = false;    ///< Codes may go to VoIP numbers.
  } challenges;

  std::string etag;  ///< Of the stored choice; empty when nothing was chosen.
};

}  // namespace limpid::verify
