#pragma once

#include "google/protobuf/field_mask.pb.h"
#include "limpid/contact/v1/contact.pb.h"
#include "limpid/contact/v1/contact_service.pb.h"

#include "enrich-svc/app/contacts.h"
#include "enrich-svc/domain/completion.h"
#include "enrich-svc/domain/contact_event.h"

/// Between contact-svc's messages and our values.
namespace limpid::enrich {

/// Of several e-mails, phones and addresses the primary one is taken, else the first.
StoredContact FromProto(const contact::v1::Contact& contact);
ContactEvent FromProto(const contact::v1::ContactEvent& event);

/// The update that writes `completions` into `contact` and nothing else: it names the top-level fields that
/// change, and carries the etag, so that it is refused when the contact has changed.
contact::v1::UpdateContactRequest ToUpdate(const contact::v1::Contact& contact,
                                           const Completions& completions);

}  // namespace limpid::enrich
