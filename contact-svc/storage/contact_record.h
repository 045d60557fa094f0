#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "contact-svc/app/contact_store.h"
#include "contact-svc/domain/capture.h"
#include "contact-svc/domain/contact.h"
#include "contact-svc/domain/event.h"

/// How the values of the domain lie in a column.
namespace limpid::contact {

/// All of a contact. DATA_LOSS for bytes that are none.
std::string EncodeContact(const Contact& contact);
absl::StatusOr<Contact> DecodeContact(std::string_view bytes);

/// All of a held capture but its id and time, which are columns.
std::string EncodeHeldCapture(const HeldCapture& capture);
absl::StatusOr<HeldCapture> DecodeHeldCapture(std::string_view bytes);

/// All of a kept answer but operation, digest and subject, which are columns.
std::string EncodeAnswer(const KeptAnswer& answer);
absl::StatusOr<KeptAnswer> DecodeAnswer(std::string_view bytes);

/// What an event's outbox row holds beside its columns: etag, fields, causes.
std::string EncodeEvent(const ContactEvent& event);
absl::Status DecodeEvent(std::string_view bytes, ContactEvent& event);

}  // namespace limpid::contact
