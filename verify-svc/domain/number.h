#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

#include "libs/quality/phone/verdict.h"

namespace limpid::verify {

/// A number that a network is asked about. The rules have judged it: it is valid.
struct NumberQuestion {
  std::string e164;         ///< `+33612345678`.
  std::string region_code;  ///< ISO 3166-1 alpha-2, or `001`.
  int calling_code = 0;
  quality::PhoneType type = quality::PhoneType::kUnknown;
};

/// A phone network.
struct Carrier {
  std::string name;
  std::string mccmnc;  ///< Mobile country and network code (`20801`); empty for a fixed network.
  friend bool operator==(const Carrier&, const Carrier&) = default;
};

/// Who told what is known of a number.
struct NumberSource {
  std::string name;  ///< Of the provider.
  absl::Time as_of;  ///< When it answered.
  bool cached = false;
  std::string cost;  ///< `0.004 EUR`; empty where it is not known or the answer was at hand.
  friend bool operator==(const NumberSource&, const NumberSource&) = default;
};

/// What networks know of one number.
///
/// Two kinds of knowledge of different age: whether the phone answers holds for days, to whom the number
/// belongs (assignment: carriers, portability, line type) for weeks. A failure adds a reason and takes away
/// nothing.
struct NumberFacts {
  quality::Reachability reachability = quality::Reachability::kNotChecked;
  quality::Assumption ported = quality::Assumption::kUnknown;
  quality::Assumption roaming = quality::Assumption::kUnknown;
  std::string roaming_region;  ///< Where it is now: ISO 3166-1 alpha-2, or empty.
  std::optional<Carrier> carrier_original;
  std::optional<Carrier> carrier_current;
  std::string line_type;  ///< In UPPER_SNAKE; empty when nobody said.
  std::optional<bool> sim_swapped;
  std::optional<bool> pumping_risk;
  std::vector<std::string_view> reasons;  ///< Of phone_reason, each once.
  std::vector<NumberSource> sources;
  /// Until when the reachability may be kept, and the assignment; in the past where nothing may.
  absl::Time reachability_expires = absl::InfinitePast();
  absl::Time assignment_expires = absl::InfinitePast();

  friend bool operator==(const NumberFacts&, const NumberFacts&) = default;
};

/// Adds a reason once.
void AddReason(NumberFacts& facts, std::string_view reason);

/// How long knowledge is kept.
struct NumberExpiry {
  absl::Duration reachability = absl::Hours(72);  ///< Of REACHABLE, UNASSIGNED and BARRED.
  absl::Duration absence = absl::Hours(1);        ///< Of ABSENT and of what the network would not tell.
  absl::Duration assignment = absl::Hours(24 * 21);
};

/// Sets until when fresh facts may be kept.
void SetExpiry(NumberFacts& facts, absl::Time now, const NumberExpiry& expiry);

/// True when the facts answer a question without asking anybody.
bool IsFresh(const NumberFacts& facts, absl::Time now);

/// What is known when `news` come to what was `known`: an assignment that still holds fills what the news
/// leave open, and is named among the sources. Neither absence nor failure takes knowledge away.
NumberFacts Join(const NumberFacts& known, NumberFacts news, absl::Time now);

/// True when the network has a say about numbers of this type: HLR knows mobile lines alone. Fixed lines,
/// premium, toll-free, shared-cost and short numbers are never asked about.
bool HasHlr(quality::PhoneType type);

/// True when a network can be asked about what was judged so: valid, of a type that it knows, and not from a
/// range that is kept for films.
bool CanBeAsked(const quality::PhoneVerdict& verdict);

/// Lets a verdict say what networks know: reachability, portability, roaming, flags, what can be received.
/// A number of a valid plan stays one: where the operator says that nobody has it (UNASSIGNED) it is RISKY,
/// since HLRs are wrong about numbers that were ported or given out a moment ago. Absence, a failure or
/// silence change no status.
void Apply(const NumberFacts& facts, quality::PhoneVerdict& verdict);

}  // namespace limpid::verify
