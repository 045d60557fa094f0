#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What follows from the verdicts: the rules of a capture's decision, pure and without protos.
namespace limpid::gateway {

/// In the order of the wire's `Decision.Value`.
enum class CaptureDecision { kAccept = 1, kSuggest, kReview, kReject };
enum class Severity { kInfo = 1, kWarning, kError };

/// A suggestion counts from here on: below it is shown, and decides nothing.
inline constexpr double kSuggestFrom = 0.8;

struct SuggestedValue {
  std::string_view value;
  std::string_view reason;
  double confidence = 0;
};

/// What the decision needs of an e-mail's verdict. Views into the verdict.
struct EmailFacts {
  bool undeliverable = false;
  bool risky = false;
  bool disposable = false;
  std::string_view reason;
  std::optional<SuggestedValue> suggestion;
};

/// What the decision needs of a phone's verdict.
struct PhoneFacts {
  bool invalid = false;
  std::vector<std::string_view> reasons;
  std::vector<std::string_view> flags;
  std::optional<SuggestedValue> suggestion;
};

/// What is known of a capture. An absent part is one that was not typed or is not known: it is never held
/// against the person.
struct CaptureFacts {
  std::optional<EmailFacts> email;
  std::optional<PhoneFacts> phone;
  bool known = false;         ///< The same person is known.
  bool known_review = false;  ///< Somebody is known under it, and a person has to look.
};

struct FoundFact {
  std::string_view field;
  Severity severity = Severity::kInfo;
  std::string_view reason;
  std::string_view suggestion;
};

struct CaptureJudgement {
  CaptureDecision decision = CaptureDecision::kAccept;
  /// The decision that what was typed alone would get, without who is known: what refuses a submit.
  CaptureDecision typed = CaptureDecision::kAccept;
  std::vector<FoundFact> findings;
};

/// The first that holds: SUGGEST (a suggestion of confidence ≥ 0.8), REJECT (positive evidence against the
/// e-mail or the phone), REVIEW (DISPOSABLE, PLACEHOLDER, FICTIONAL, UNASSIGNED, a match to review),
/// ACCEPT.
CaptureJudgement Judge(const CaptureFacts& facts);

}  // namespace limpid::gateway
