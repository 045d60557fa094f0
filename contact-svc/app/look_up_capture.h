#pragma once

#include "absl/status/statusor.h"

#include "contact-svc/app/parts.h"
#include "contact-svc/app/record_capture.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Gives what became of the capture that was recorded under the call's idempotency key; NOT_FOUND when none
/// was.
class LookUpCapture {
 public:
  explicit LookUpCapture(Parts parts) : parts_(parts) {}
  absl::StatusOr<RecordedCapture> Run(const Call& call);

 private:
  Parts parts_;
};

}  // namespace limpid::contact
