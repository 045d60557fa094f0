#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "limpid/contact/v1/capture_store_service.pb.h"
#include "limpid/contact/v1/contact.pb.h"
#include "limpid/contact/v1/contact_service.pb.h"
#include "limpid/contact/v1/match.pb.h"

#include "contact-svc/app/contact_events.h"
#include "contact-svc/app/record_capture.h"
#include "contact-svc/domain/capture.h"
#include "contact-svc/domain/contact.h"
#include "contact-svc/domain/matching.h"
#include "libs/base/error.h"

/// Between the wire and the domain, both ways.
namespace limpid::contact {

/// What becomes of fields that only the server sets, in a contact that a caller gives.
enum class OutputOnlyFields {
  kRefused,  ///< A violation each: the caller believes to set them.
  kIgnored,  ///< A caller gives back what was read.
};

/// Violations go into `errors`, at paths from the contact on.
Contact FromProto(const v1::Contact& contact, OutputOnlyFields output_only, ErrorCollector& errors);
Consent FromProto(const v1::Consent& consent);
std::vector<ExternalId> FromProto(const google::protobuf::RepeatedPtrField<v1::ExternalId>& ids);

void ToProto(const Contact& contact, v1::Contact& out);
void ToProto(const Match& match, v1::Match& out);
void ToProto(const HeldCapture& capture, v1::HeldCapture& out);
void ToProto(const RecordedCapture& recorded, v1::RecordCaptureResponse& out);
/// `with_tenant` for a caller who watches all tenants.
void ToProto(const ContactEvents::Record& record, bool with_tenant, v1::ContactEvent& out);

/// The id in `contacts/{contact}` or `heldCaptures/{held_capture}`; INVALID_ARGUMENT at `field`.
absl::StatusOr<std::string> IdOf(std::string_view name, std::string_view collection, std::string_view field);

inline constexpr std::string_view kContacts = "contacts";
inline constexpr std::string_view kHeldCaptures = "heldCaptures";

}  // namespace limpid::contact
