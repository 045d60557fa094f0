#include "contact-svc/app/delete_contact.h"

#include <optional>

#include "contact-svc/app/idempotent_write.h"
#include "contact-svc/app/prepare_contact.h"
#include "libs/base/error.h"

namespace limpid::contact {

absl::Status DeleteContact::Run(const Call& call, const Input& in) {
  return WriteOnce(parts_.store, parts_.clock, call, "DeleteContact", {},
                   [&](ContactWriter& writer) -> absl::StatusOr<KeptAnswer> {
                     const absl::StatusOr<std::optional<Contact>> known = writer.Find(in.id);
                     if (!known.ok()) return known.status();
                     if (!known->has_value()) return NotFound("contact", in.id.value());
                     if (!in.etag.empty() && in.etag != EtagOf(**known))
                       return StaleEtag("contact", in.id.value());
                     if (absl::Status erased = writer.Erase(**known); !erased.ok()) return erased;
                     absl::Status told = writer.AppendEvent(
                         EventOf(call, event_type::kDeleted, **known, {}, Now(parts_.clock)));
                     if (!told.ok()) return told;
                     return KeptAnswer{};
                   })
      .status();
}

}  // namespace limpid::contact
