#include "contact-svc/app/look_up_capture.h"

#include <optional>
#include <utility>

#include "contact-svc/app/idempotent_write.h"
#include "libs/base/error.h"

namespace limpid::contact {

absl::StatusOr<RecordedCapture> LookUpCapture::Run(const Call& call) {
  std::optional<KeptAnswer> answer;
  const absl::Status status = parts_.store.Read(call, [&](ContactReader& reader) {
    absl::StatusOr<std::optional<KeptAnswer>> kept =
        AnswerKept(reader, call, RecordCapture::kOperation, Now(parts_.clock));
    if (!kept.ok()) return kept.status();
    answer = *std::move(kept);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  if (!answer) return NotFound("answer", call.idempotency_key);
  return RecordedCaptureOf(*std::move(answer));
}

}  // namespace limpid::contact
