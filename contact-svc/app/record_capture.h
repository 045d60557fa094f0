#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "contact-svc/app/parts.h"
#include "contact-svc/domain/matching.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Stored as numbers with kept answers: never change one.
enum class CaptureOutcome { kCreated = 1, kUpdated = 2, kHeldForReview = 4, kRefused = 5 };

/// What became of a capture, and the check's answer that was kept with it.
struct RecordedCapture {
  CaptureOutcome outcome = CaptureOutcome::kRefused;
  std::optional<Contact> contact;
  std::string held_capture;  ///< Id, when something waits for review.
  std::string check;
};

/// The recorded capture that an idempotency key's answer tells of.
RecordedCapture RecordedCaptureOf(KeptAnswer answer);

/// Stores a capture: creates a contact, updates the one that it matches or holds it for review, decided and
/// done in one transaction while no other write holds its keys, so that two captures at once of one person
/// make one contact.
class RecordCapture {
 public:
  struct Input {
    Contact contact;
    std::vector<Consent> consents;
    std::string default_region;
    bool refused = false;  ///< Stores nothing but the answer.
    std::string check;
  };

  explicit RecordCapture(Parts parts) : parts_(parts) {}
  absl::StatusOr<RecordedCapture> Run(const Call& call, Input in);

  static constexpr std::string_view kOperation = "RecordCapture";

 private:
  absl::StatusOr<KeptAnswer> Store(const Call& call, const Input& in, ContactWriter& writer) const;
  absl::StatusOr<KeptAnswer> Create(const Call& call, const Input& in, ContactWriter& writer) const;
  absl::StatusOr<KeptAnswer> Update(const Call& call, const Input& in, const Contact& known,
                                    ContactWriter& writer) const;
  /// Its id.
  absl::StatusOr<std::string> Hold(const Input& in, std::vector<ContactId> candidates,
                                   std::string_view reason, ContactWriter& writer) const;

  Parts parts_;
};

}  // namespace limpid::contact
