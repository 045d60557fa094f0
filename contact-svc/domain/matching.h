#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contact-svc/domain/contact.h"
#include "contact-svc/domain/match_key.h"
#include "libs/text/given_names.h"

namespace limpid::contact {

enum class MatchDecision { kSame, kReview };

/// What one field said. `level` is EXACT, COMPATIBLE, EMPTY or CONFLICT; `weight` in bits.
struct MatchStep {
  std::string_view field;
  std::string_view level;
  std::string left;   ///< Asked about.
  std::string right;  ///< Known.
  double weight = 0;
  std::string_view note;
  friend bool operator==(const MatchStep&, const MatchStep&) = default;
};

/// A known contact that may be the person asked about.
struct Match {
  Contact contact;
  double probability = 0;
  MatchDecision decision = MatchDecision::kReview;
  bool by_unique = false;  ///< An external id is shared: no name speaks against it.
  std::vector<MatchStep> waterfall;
  std::vector<std::string_view> guards;
};

inline constexpr std::string_view kNameConflict = "NAME_CONFLICT";

/// Judges a known contact that shares at least one key with a person.
///
/// A shared external id is the same person. A shared e-mail address or phone number is the same person when
/// the names can be one (same, empty, nickname, spelling); a conflicting name makes it a match to review, as
/// households and offices share both.
Match Judge(const Contact& person, Contact known, const text::GivenNames& names);

/// Best first: the same person before those to review, then by probability, then by id.
void SortBestFirst(std::vector<Match>& matches);

}  // namespace limpid::contact
