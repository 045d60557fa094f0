#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

#include "contact-svc/domain/contact.h"
#include "contact-svc/domain/matching.h"

namespace limpid::contact {

/// What becomes of a capture, given who is known under its keys.
struct CaptureDecision {
  enum class Kind { kCreate, kUpdate, kHold };
  Kind kind = Kind::kCreate;
  size_t match = 0;         ///< kUpdate: index of the one that it is.
  std::string_view reason;  ///< kHold: why.
};

inline constexpr std::string_view kSeveralMatches = "SEVERAL_MATCHES";
inline constexpr std::string_view kValuesToReview = "VALUES_TO_REVIEW";

/// Nobody known: create. One contact that is the same person: update it, even when others of the household
/// share a value. Several that are: hold, as joining them is not a capture's business. Only conflicting
/// names: hold.
CaptureDecision Decide(std::span<const Match> matches);

/// How far a capture may change what is known.
enum class AbsorbPolicy {
  kRefresh,  ///< Adds values; what changes in life (job, company) is replaced, what does not (names) is not.
  kFillEmpty,  ///< A publishable key's: fills what is empty and touches nothing else.
};

struct Absorbed {
  Contact contact;
  bool changed = false;
  /// Something of the capture contradicts the policy or a bound, and was left out.
  bool left_out = false;
};

/// The known contact with what a capture of the same person adds to it. A source once known stays.
Absorbed Absorb(const Contact& known, const Contact& capture, AbsorbPolicy policy);

/// Adds consents, the newest first; one that is equal but for its time takes the newer time. False when the
/// contact would hold more than kMaxConsents.
[[nodiscard]] bool AddConsents(std::span<const Consent> given, absl::Time now, Contact& contact);

/// A capture that waits for a person to look at it.
struct HeldCapture {
  std::string id;
  absl::Time create_time;
  Contact contact;
  std::vector<Consent> consents;
  std::vector<ContactId> candidates;
  std::string reason;
  friend bool operator==(const HeldCapture&, const HeldCapture&) = default;
};

}  // namespace limpid::contact
