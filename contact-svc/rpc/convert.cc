#include "contact-svc/rpc/convert.h"

#include <array>
#include <utility>

#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/json_util.h"

#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::contact {
namespace {

constexpr size_t kMaxId = 63;

void ToProto(absl::Time time, google::protobuf::Timestamp& out) {
  const int64_t micros = absl::ToUnixMicros(time);
  int64_t seconds = micros / 1'000'000;
  int64_t rest = micros % 1'000'000;
  if (rest < 0) {
    --seconds;
    rest += 1'000'000;
  }
  out.set_seconds(seconds);
  out.set_nanos(static_cast<int32_t>(rest * 1'000));
}

std::string_view Word(Origin origin) {
  switch (origin) {
    case Origin::kApi:
      return "API";
    case Origin::kCapture:
      return "CAPTURE";
    case Origin::kImport:
      return "IMPORT";
    case Origin::kEnrichment:
      return "ENRICHMENT";
  }
  return "API";
}

void ToProto(const Provenance& provenance, v1::Provenance& out) {
  out.set_origin(std::string(Word(provenance.origin)));
  ToProto(provenance.time, *out.mutable_time());
  out.set_detail(provenance.detail);
}

void ToProto(const Assessment& verdict, v1::EmailAssessment& out) {
  type::v1::EmailStatus::Value status = type::v1::EmailStatus::UNKNOWN;
  type::v1::EmailStatus::Value_Parse(verdict.status, &status);
  out.set_status(status);
  out.set_reason(verdict.reason);
  out.set_score(verdict.score);
}

void ToProto(const Assessment& verdict, v1::PhoneAssessment& out) {
  type::v1::PhoneStatus::Value status = type::v1::PhoneStatus::UNKNOWN;
  type::v1::PhoneStatus::Value_Parse(verdict.status, &status);
  out.set_status(status);
  out.set_reason(verdict.reason);
  out.set_type(verdict.type);
}

template <class ProtoValue>
void ToProto(const ReachableValue& value, ProtoValue& out) {
  out.set_value(value.value);
  out.set_normalized(value.normalized);
  out.set_primary(value.primary);
  if (value.verdict) ToProto(*value.verdict, *out.mutable_verdict());
  if (value.verify_time) ToProto(*value.verify_time, *out.mutable_verify_time());
  out.set_source(value.source);
  ToProto(value.provenance, *out.mutable_provenance());
  out.set_confidence(value.confidence);
}

void ToProto(const PostalAddress& address, type::v1::PostalAddress& out) {
  out.set_region_code(address.region_code);
  out.set_postal_code(address.postal_code);
  out.set_locality(address.locality);
  for (const std::string& line : address.address_lines) out.add_address_lines(line);
  out.set_commune_code(address.commune_code);
  out.set_department_code(address.department_code);
  out.set_department(address.department);
  out.set_administrative_area_code(address.administrative_area_code);
  out.set_administrative_area(address.administrative_area);
}

PostalAddress FromProto(const type::v1::PostalAddress& address) {
  return {.region_code = address.region_code(),
          .postal_code = address.postal_code(),
          .locality = address.locality(),
          .address_lines = {address.address_lines().begin(), address.address_lines().end()},
          .commune_code = address.commune_code(),
          .department_code = address.department_code(),
          .department = address.department(),
          .administrative_area_code = address.administrative_area_code(),
          .administrative_area = address.administrative_area()};
}

void ToProto(const Consent& consent, v1::Consent& out) {
  out.set_purpose(consent.purpose);
  out.set_channel(consent.channel);
  out.set_notice_version(consent.notice_version);
  if (!consent.proof_type.empty() || !consent.proof_reference.empty()) {
    out.mutable_proof()->set_type(consent.proof_type);
    out.mutable_proof()->set_reference(consent.proof_reference);
  }
  ToProto(consent.time, *out.mutable_time());
}

// Gathers the fields that a caller cannot set.
class OutputOnlyGuard {
 public:
  OutputOnlyGuard(OutputOnlyFields policy, ErrorCollector& errors) : policy_(policy), errors_(errors) {}
  void Check(bool set, std::string_view field) {
    if (set && policy_ == OutputOnlyFields::kRefused)
      errors_.Add(field, reason::kReadOnly, "The server sets it.");
  }

 private:
  const OutputOnlyFields policy_;
  ErrorCollector& errors_;
};

template <class ProtoValue>
ReachableValue FromProto(const ProtoValue& value, const std::string& path, OutputOnlyGuard& guard) {
  guard.Check(!value.normalized().empty(), path + ".normalized");
  guard.Check(value.has_verdict(), path + ".verdict");
  guard.Check(value.has_verify_time(), path + ".verify_time");
  guard.Check(!value.source().empty(), path + ".source");
  guard.Check(value.has_provenance(), path + ".provenance");
  guard.Check(value.confidence() != 0, path + ".confidence");
  return {.value = value.value(), .primary = value.primary()};
}

// A value as JSON text, the form in which it is stored.
void AddCustomField(const std::string& name, const google::protobuf::Value& value, Contact& contact,
                    ErrorCollector& errors) {
  std::string json;
  const bool written = value.kind_case() != google::protobuf::Value::KIND_NOT_SET &&
                       google::protobuf::util::MessageToJsonString(value, &json).ok();
  if (!written) {
    errors.Add("custom_fields", reason::kInvalidFormat,
               "A value that JSON can hold: no empty value, no NaN.");
    return;
  }
  contact.custom_fields.emplace(name, std::move(json));
}

}  // namespace

Contact FromProto(const v1::Contact& in, OutputOnlyFields output_only, ErrorCollector& errors) {
  OutputOnlyGuard guard(output_only, errors);
  guard.Check(!in.name().empty(), "name");
  guard.Check(!in.etag().empty(), "etag");
  guard.Check(in.has_create_time(), "create_time");
  guard.Check(in.has_update_time(), "update_time");
  guard.Check(in.consents_size() > 0, "consents");
  Contact contact;
  contact.given_name = in.given_name();
  contact.family_name = in.family_name();
  contact.honorific = in.honorific();
  contact.birth_date = in.birth_date();
  for (const v1::ContactEmail& email : in.emails()) {
    contact.emails.push_back(FromProto(email, StrCat("emails[", contact.emails.size(), "]"), guard));
  }
  for (const v1::ContactPhone& phone : in.phones()) {
    contact.phones.push_back(FromProto(phone, StrCat("phones[", contact.phones.size(), "]"), guard));
  }
  for (const v1::ContactAddress& address : in.postal_addresses()) {
    const std::string path = StrCat("postal_addresses[", contact.postal_addresses.size(), "]");
    guard.Check(!address.source().empty(), path + ".source");
    guard.Check(address.has_provenance(), path + ".provenance");
    contact.postal_addresses.push_back({.value = FromProto(address.value()), .primary = address.primary()});
  }
  contact.company = {.display_name = in.company().display_name(), .domain = in.company().domain()};
  contact.job_title = in.job_title();
  contact.external_ids = FromProto(in.external_ids());
  contact.tags.assign(in.tags().begin(), in.tags().end());
  for (const auto& [name, value] : in.custom_fields()) AddCustomField(name, value, contact, errors);
  if (in.has_source()) {
    contact.source = Source{.channel = in.source().channel(),
                            .campaign = in.source().campaign(),
                            .form = in.source().form(),
                            .url = in.source().url()};
  }
  return contact;
}

Consent FromProto(const v1::Consent& consent) {
  return {.purpose = consent.purpose(),
          .channel = consent.channel(),
          .notice_version = consent.notice_version(),
          .proof_type = consent.proof().type(),
          .proof_reference = consent.proof().reference(),
          .time = {}};
}

std::vector<ExternalId> FromProto(const google::protobuf::RepeatedPtrField<v1::ExternalId>& ids) {
  std::vector<ExternalId> result;
  result.reserve(static_cast<size_t>(ids.size()));
  for (const v1::ExternalId& id : ids) result.push_back({.system = id.system(), .id = id.id()});
  return result;
}

void ToProto(const Contact& contact, v1::Contact& out) {
  // A held capture's contact is not stored: it has neither name nor etag.
  if (!contact.id.empty()) {
    out.set_name(StrCat(kContacts, "/", contact.id.value()));
    out.set_etag(EtagOf(contact));
    ToProto(contact.create_time, *out.mutable_create_time());
    ToProto(contact.update_time, *out.mutable_update_time());
  }
  out.set_given_name(contact.given_name);
  out.set_family_name(contact.family_name);
  out.set_honorific(contact.honorific);
  out.set_birth_date(contact.birth_date);
  for (const ReachableValue& email : contact.emails) ToProto(email, *out.add_emails());
  for (const ReachableValue& phone : contact.phones) ToProto(phone, *out.add_phones());
  for (const StoredAddress& address : contact.postal_addresses) {
    v1::ContactAddress& added = *out.add_postal_addresses();
    ToProto(address.value, *added.mutable_value());
    added.set_primary(address.primary);
    added.set_source(address.source);
    ToProto(address.provenance, *added.mutable_provenance());
  }
  if (contact.company != Company()) {
    out.mutable_company()->set_display_name(contact.company.display_name);
    out.mutable_company()->set_domain(contact.company.domain);
  }
  out.set_job_title(contact.job_title);
  for (const ExternalId& id : contact.external_ids) {
    v1::ExternalId& added = *out.add_external_ids();
    added.set_system(id.system);
    added.set_id(id.id);
  }
  for (const std::string& tag : contact.tags) out.add_tags(tag);
  for (const auto& [name, value] : contact.custom_fields) {
    google::protobuf::Value& added = (*out.mutable_custom_fields())[name];
    // It was written by AddCustomField: what cannot be read is shown as null.
    if (!google::protobuf::util::JsonStringToMessage(value, &added).ok()) {
      added.set_null_value(google::protobuf::NULL_VALUE);
    }
  }
  if (contact.source) {
    out.mutable_source()->set_channel(contact.source->channel);
    out.mutable_source()->set_campaign(contact.source->campaign);
    out.mutable_source()->set_form(contact.source->form);
    out.mutable_source()->set_url(contact.source->url);
  }
  for (const Consent& consent : contact.consents) ToProto(consent, *out.add_consents());
}

void ToProto(const Match& match, v1::Match& out) {
  ToProto(match.contact, *out.mutable_contact());
  out.set_probability(match.probability);
  out.set_decision(match.decision == MatchDecision::kSame ? v1::Match::Decision::SAME
                                                          : v1::Match::Decision::REVIEW);
  for (const MatchStep& step : match.waterfall) {
    v1::MatchStep& added = *out.add_waterfall();
    added.set_field(std::string(step.field));
    added.set_level(std::string(step.level));
    added.set_left(step.left);
    added.set_right(step.right);
    added.set_weight(step.weight);
    added.set_note(std::string(step.note));
  }
  for (const std::string_view guard : match.guards) out.add_guards(std::string(guard));
}

void ToProto(const HeldCapture& capture, v1::HeldCapture& out) {
  out.set_name(StrCat(kHeldCaptures, "/", capture.id));
  ToProto(capture.create_time, *out.mutable_create_time());
  ToProto(capture.contact, *out.mutable_contact());
  for (const Consent& consent : capture.consents) ToProto(consent, *out.add_consents());
  for (const ContactId& candidate : capture.candidates) {
    out.add_candidates(StrCat(kContacts, "/", candidate.value()));
  }
  out.set_reason(capture.reason);
}

void ToProto(const RecordedCapture& recorded, v1::RecordCaptureResponse& out) {
  switch (recorded.outcome) {
    case CaptureOutcome::kCreated:
      out.set_outcome(v1::CaptureOutcome::CREATED);
      break;
    case CaptureOutcome::kUpdated:
      out.set_outcome(v1::CaptureOutcome::UPDATED);
      break;
    case CaptureOutcome::kHeldForReview:
      out.set_outcome(v1::CaptureOutcome::HELD_FOR_REVIEW);
      break;
    case CaptureOutcome::kRefused:
      out.set_outcome(v1::CaptureOutcome::REFUSED);
      break;
  }
  if (recorded.contact) ToProto(*recorded.contact, *out.mutable_contact());
  if (!recorded.held_capture.empty()) {
    out.set_held_capture(StrCat(kHeldCaptures, "/", recorded.held_capture));
  }
  out.set_check(recorded.check);
}

void ToProto(const ContactEvents::Record& record, bool with_tenant, v1::ContactEvent& out) {
  const ContactEvent& event = record.event;
  out.set_id(record.cursor);
  out.set_cursor(record.cursor);
  out.set_type(event.type);
  ToProto(event.time, *out.mutable_time());
  if (with_tenant) out.set_tenant(event.tenant.value());
  out.set_contact(StrCat(kContacts, "/", event.contact.value()));
  out.set_etag(event.etag);
  for (const std::string& field : event.fields) out.add_fields(field);
  for (const std::string& cause : event.causes) out.add_causes(cause);
}

absl::StatusOr<std::string> IdOf(std::string_view name, std::string_view collection, std::string_view field) {
  if (name.empty()) return InvalidField(field, reason::kRequired, "A name is needed here.");
  std::string_view id = name;
  const bool right = id.starts_with(collection) && id.substr(collection.size()).starts_with('/');
  if (right) id.remove_prefix(collection.size() + 1);
  if (!right || id.empty() || id.size() > kMaxId || id.find('/') != std::string_view::npos) {
    return InvalidField(field, reason::kInvalidFormat, StrCat("A name such as ", collection, "/c123."));
  }
  return std::string(id);
}

}  // namespace limpid::contact
