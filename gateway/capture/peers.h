#pragma once

#include <memory>

#include "absl/functional/any_invocable.h"
#include "limpid/contact/v1/capture_store_service.pb.h"
#include "limpid/contact/v1/contact_service.pb.h"
#include "limpid/enrich/v1/enrichment_service.pb.h"
#include "limpid/verify/v1/person_service.pb.h"

#include "libs/base/call.h"

namespace limpid::gateway {

/// What capture asks of the services, each by one call. Thread-safe; never blocks; every answer comes within
/// the call's deadline.
///
/// Speaks the services' own messages: a verdict is passed on as it is, and a copy of it in structs of ours
/// would be a second contract to keep (docs/adr/2026-11-21-capture-passes-messages.md).
///
/// The questions of a check are answered into messages of the check's own, all on its arena. A peer holds
/// such a message at least until `done` has returned, and is no longer waited for then, though it may still
/// hold it.
class CapturePeers {
 public:
  using Answered = absl::AnyInvocable<void(absl::Status)>;

  virtual ~CapturePeers() = default;
  virtual void VerifyPerson(const Call& call, verify::v1::VerifyPersonRequest request,
                            std::shared_ptr<verify::v1::VerifyPersonResponse> response, Answered done) = 0;
  virtual void FindMatches(const Call& call, contact::v1::FindMatchesRequest request,
                           std::shared_ptr<contact::v1::FindMatchesResponse> response, Answered done) = 0;
  /// Asked as the gateway itself: a form's key may have completions in a check, and not ask for them alone.
  virtual void PreviewEnrichment(const Call& call, enrich::v1::PreviewEnrichmentRequest request,
                                 std::shared_ptr<enrich::v1::PreviewEnrichmentResponse> response,
                                 Answered done) = 0;
  virtual void RecordCapture(const Call& call, contact::v1::RecordCaptureRequest request,
                             Done<contact::v1::RecordCaptureResponse> done) = 0;
  virtual void LookUpCapture(const Call& call, Done<contact::v1::RecordCaptureResponse> done) = 0;
};

}  // namespace limpid::gateway
