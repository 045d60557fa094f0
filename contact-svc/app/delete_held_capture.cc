#include "contact-svc/app/delete_held_capture.h"

#include "contact-svc/app/idempotent_write.h"
#include "libs/base/error.h"

namespace limpid::contact {

absl::Status DeleteHeldCapture::Run(const Call& call, std::string_view id) {
  return WriteOnce(parts_.store, parts_.clock, call, "DeleteHeldCapture", {},
                   [&](ContactWriter& writer) -> absl::StatusOr<KeptAnswer> {
                     const absl::StatusOr<bool> erased = writer.EraseHeld(id);
                     if (!erased.ok()) return erased.status();
                     if (!*erased) return NotFound("held capture", id);
                     return KeptAnswer{};
                   })
      .status();
}

}  // namespace limpid::contact
