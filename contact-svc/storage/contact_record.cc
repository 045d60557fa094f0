#include "contact-svc/storage/contact_record.h"

#include <utility>

#include "contact-svc/storage/record.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::contact {
namespace {

// The tags are the format: never change one, never use one again.
enum ContactTag : uint32_t {
  kId = 1,
  kVersion = 2,
  kCreateTime = 3,
  kUpdateTime = 4,
  kGivenName = 5,
  kFamilyName = 6,
  kHonorific = 7,
  kBirthDate = 8,
  kEmail = 9,
  kPhone = 10,
  kAddress = 11,
  kCompanyName = 12,
  kCompanyDomain = 13,
  kJobTitle = 14,
  kExternalId = 15,
  kTag = 16,
  kCustomField = 17,
  kSource = 18,
  kConsent = 19,
};
enum ReachableTag : uint32_t {
  kValue = 1,
  kNormalized = 2,
  kMatchKey = 3,
  kPrimary = 4,
  kVerdict = 5,
  kVerifyTime = 6,
  kValueSource = 7,
  kProvenance = 8,
  kConfidence = 9,
};
enum VerdictTag : uint32_t { kStatus = 1, kReason = 2, kScore = 3, kType = 4 };
enum ProvenanceTag : uint32_t { kOrigin = 1, kTime = 2, kDetail = 3 };
enum AddressTag : uint32_t {
  kRegion = 1,
  kPostalCode = 2,
  kLocality = 3,
  kLine = 4,
  kCommuneCode = 5,
  kDepartmentCode = 6,
  kDepartment = 7,
  kAreaCode = 8,
  kArea = 9,
  kAddressPrimary = 10,
  kAddressSource = 11,
  kAddressProvenance = 12,
};
enum PairTag : uint32_t { kFirst = 1, kSecond = 2 };
enum SourceTag : uint32_t { kSourceChannel = 1, kCampaign = 2, kForm = 3, kUrl = 4 };
enum ConsentTag : uint32_t {
  kPurpose = 1,
  kConsentChannel = 2,
  kNotice = 3,
  kProofType = 4,
  kProofReference = 5,
  kGiveTime = 6,
};
enum HeldTag : uint32_t { kHeldContact = 1, kHeldConsent = 2, kCandidate = 3, kHeldReason = 4 };
enum AnswerTag : uint32_t { kAnswerContact = 1, kOutcome = 2, kHeldCapture = 3, kCheck = 4 };
enum EventTag : uint32_t { kEtag = 1, kField = 2, kCause = 3 };

absl::Status Damaged() {
  return MakeError(absl::StatusCode::kDataLoss, reason::kInternal, "A stored row cannot be read.");
}

absl::Time TimeOf(const RecordReader& reader) { return absl::FromUnixMicros(reader.Int()); }

std::string Encode(const Provenance& provenance) {
  RecordWriter out;
  out.Int(kOrigin, static_cast<int64_t>(provenance.origin));
  out.Int(kTime, absl::ToUnixMicros(provenance.time));
  out.Text(kDetail, provenance.detail);
  return out.Take();
}

bool Decode(std::string_view bytes, Provenance& provenance) {
  RecordReader reader(bytes);
  while (reader.Next()) {
    if (reader.tag() == kOrigin) provenance.origin = static_cast<Origin>(reader.Int());
    if (reader.tag() == kTime) provenance.time = TimeOf(reader);
    if (reader.tag() == kDetail) provenance.detail = reader.Text();
  }
  return !reader.broken();
}

std::string Encode(const Assessment& verdict) {
  RecordWriter out;
  out.Text(kStatus, verdict.status);
  out.Text(kReason, verdict.reason);
  out.Int(kScore, verdict.score);
  out.Text(kType, verdict.type);
  return out.Take();
}

bool Decode(std::string_view bytes, Assessment& verdict) {
  RecordReader reader(bytes);
  while (reader.Next()) {
    if (reader.tag() == kStatus) verdict.status = reader.Text();
    if (reader.tag() == kReason) verdict.reason = reader.Text();
    if (reader.tag() == kScore) verdict.score = static_cast<int>(reader.Int());
    if (reader.tag() == kType) verdict.type = reader.Text();
  }
  return !reader.broken();
}

std::string Encode(const ReachableValue& value) {
  RecordWriter out;
  out.Text(kValue, value.value);
  out.Text(kNormalized, value.normalized);
  out.Text(kMatchKey, value.match_key);
  out.Int(kPrimary, value.primary ? 1 : 0);
  if (value.verdict) out.Element(kVerdict, Encode(*value.verdict));
  if (value.verify_time) out.Int(kVerifyTime, absl::ToUnixMicros(*value.verify_time));
  out.Text(kValueSource, value.source);
  out.Element(kProvenance, Encode(value.provenance));
  out.Double(kConfidence, value.confidence);
  return out.Take();
}

bool Decode(std::string_view bytes, ReachableValue& value) {
  RecordReader reader(bytes);
  bool well = true;
  while (reader.Next()) {
    switch (reader.tag()) {
      case kValue:
        value.value = reader.Text();
        break;
      case kNormalized:
        value.normalized = reader.Text();
        break;
      case kMatchKey:
        value.match_key = reader.Text();
        break;
      case kPrimary:
        value.primary = reader.Int() != 0;
        break;
      case kVerdict:
        well = Decode(reader.Text(), value.verdict.emplace()) && well;
        break;
      case kVerifyTime:
        value.verify_time = TimeOf(reader);
        break;
      case kValueSource:
        value.source = reader.Text();
        break;
      case kProvenance:
        well = Decode(reader.Text(), value.provenance) && well;
        break;
      case kConfidence:
        value.confidence = reader.Double();
        break;
      default:
        break;
    }
  }
  return well && !reader.broken();
}

std::string Encode(const StoredAddress& address) {
  RecordWriter out;
  const PostalAddress& value = address.value;
  out.Text(kRegion, value.region_code);
  out.Text(kPostalCode, value.postal_code);
  out.Text(kLocality, value.locality);
  for (const std::string& line : value.address_lines) out.Element(kLine, line);
  out.Text(kCommuneCode, value.commune_code);
  out.Text(kDepartmentCode, value.department_code);
  out.Text(kDepartment, value.department);
  out.Text(kAreaCode, value.administrative_area_code);
  out.Text(kArea, value.administrative_area);
  out.Int(kAddressPrimary, address.primary ? 1 : 0);
  out.Text(kAddressSource, address.source);
  out.Element(kAddressProvenance, Encode(address.provenance));
  return out.Take();
}

bool Decode(std::string_view bytes, StoredAddress& address) {
  RecordReader reader(bytes);
  PostalAddress& value = address.value;
  bool well = true;
  while (reader.Next()) {
    switch (reader.tag()) {
      case kRegion:
        value.region_code = reader.Text();
        break;
      case kPostalCode:
        value.postal_code = reader.Text();
        break;
      case kLocality:
        value.locality = reader.Text();
        break;
      case kLine:
        value.address_lines.emplace_back(reader.Text());
        break;
      case kCommuneCode:
        value.commune_code = reader.Text();
        break;
      case kDepartmentCode:
        value.department_code = reader.Text();
        break;
      case kDepartment:
        value.department = reader.Text();
        break;
      case kAreaCode:
        value.administrative_area_code = reader.Text();
        break;
      case kArea:
        value.administrative_area = reader.Text();
        break;
      case kAddressPrimary:
        address.primary = reader.Int() != 0;
        break;
      case kAddressSource:
        address.source = reader.Text();
        break;
      case kAddressProvenance:
        well = Decode(reader.Text(), address.provenance) && well;
        break;
      default:
        break;
    }
  }
  return well && !reader.broken();
}

std::string EncodePair(std::string_view first, std::string_view second) {
  RecordWriter out;
  out.Text(kFirst, first);
  out.Text(kSecond, second);
  return out.Take();
}

bool DecodePair(std::string_view bytes, std::string& first, std::string& second) {
  RecordReader reader(bytes);
  while (reader.Next()) {
    if (reader.tag() == kFirst) first = reader.Text();
    if (reader.tag() == kSecond) second = reader.Text();
  }
  return !reader.broken();
}

std::string Encode(const Source& source) {
  RecordWriter out;
  out.Text(kSourceChannel, source.channel);
  out.Text(kCampaign, source.campaign);
  out.Text(kForm, source.form);
  out.Text(kUrl, source.url);
  return out.Take();
}

bool Decode(std::string_view bytes, Source& source) {
  RecordReader reader(bytes);
  while (reader.Next()) {
    if (reader.tag() == kSourceChannel) source.channel = reader.Text();
    if (reader.tag() == kCampaign) source.campaign = reader.Text();
    if (reader.tag() == kForm) source.form = reader.Text();
    if (reader.tag() == kUrl) source.url = reader.Text();
  }
  return !reader.broken();
}

std::string Encode(const Consent& consent) {
  RecordWriter out;
  out.Text(kPurpose, consent.purpose);
  out.Text(kConsentChannel, consent.channel);
  out.Text(kNotice, consent.notice_version);
  out.Text(kProofType, consent.proof_type);
  out.Text(kProofReference, consent.proof_reference);
  out.Int(kGiveTime, absl::ToUnixMicros(consent.time));
  return out.Take();
}

bool Decode(std::string_view bytes, Consent& consent) {
  RecordReader reader(bytes);
  while (reader.Next()) {
    if (reader.tag() == kPurpose) consent.purpose = reader.Text();
    if (reader.tag() == kConsentChannel) consent.channel = reader.Text();
    if (reader.tag() == kNotice) consent.notice_version = reader.Text();
    if (reader.tag() == kProofType) consent.proof_type = reader.Text();
    if (reader.tag() == kProofReference) consent.proof_reference = reader.Text();
    if (reader.tag() == kGiveTime) consent.time = TimeOf(reader);
  }
  return !reader.broken();
}

bool DecodeList(const RecordReader& reader, Contact& contact) {
  switch (reader.tag()) {
    case kEmail:
      return Decode(reader.Text(), contact.emails.emplace_back());
    case kPhone:
      return Decode(reader.Text(), contact.phones.emplace_back());
    case kAddress:
      return Decode(reader.Text(), contact.postal_addresses.emplace_back());
    case kExternalId: {
      ExternalId& id = contact.external_ids.emplace_back();
      return DecodePair(reader.Text(), id.system, id.id);
    }
    case kTag:
      contact.tags.emplace_back(reader.Text());
      return true;
    case kCustomField: {
      std::string name;
      std::string value;
      const bool well = DecodePair(reader.Text(), name, value);
      contact.custom_fields.insert_or_assign(std::move(name), std::move(value));
      return well;
    }
    case kSource:
      return Decode(reader.Text(), contact.source.emplace());
    case kConsent:
      return Decode(reader.Text(), contact.consents.emplace_back());
    default:
      return true;
  }
}

}  // namespace

std::string EncodeContact(const Contact& contact) {
  RecordWriter out;
  out.Text(kId, contact.id.value());
  out.Int(kVersion, contact.version);
  out.Int(kCreateTime, absl::ToUnixMicros(contact.create_time));
  out.Int(kUpdateTime, absl::ToUnixMicros(contact.update_time));
  out.Text(kGivenName, contact.given_name);
  out.Text(kFamilyName, contact.family_name);
  out.Text(kHonorific, contact.honorific);
  out.Text(kBirthDate, contact.birth_date);
  for (const ReachableValue& email : contact.emails) out.Element(kEmail, Encode(email));
  for (const ReachableValue& phone : contact.phones) out.Element(kPhone, Encode(phone));
  for (const StoredAddress& address : contact.postal_addresses) out.Element(kAddress, Encode(address));
  out.Text(kCompanyName, contact.company.display_name);
  out.Text(kCompanyDomain, contact.company.domain);
  out.Text(kJobTitle, contact.job_title);
  for (const ExternalId& id : contact.external_ids) out.Element(kExternalId, EncodePair(id.system, id.id));
  for (const std::string& tag : contact.tags) out.Element(kTag, tag);
  for (const auto& [name, value] : contact.custom_fields) out.Element(kCustomField, EncodePair(name, value));
  if (contact.source) out.Element(kSource, Encode(*contact.source));
  for (const Consent& consent : contact.consents) out.Element(kConsent, Encode(consent));
  return out.Take();
}

absl::StatusOr<Contact> DecodeContact(std::string_view bytes) {
  Contact contact;
  RecordReader reader(bytes);
  while (reader.Next()) {
    switch (reader.tag()) {
      case kId:
        contact.id = ContactId(std::string(reader.Text()));
        break;
      case kVersion:
        contact.version = reader.Int();
        break;
      case kCreateTime:
        contact.create_time = TimeOf(reader);
        break;
      case kUpdateTime:
        contact.update_time = TimeOf(reader);
        break;
      case kGivenName:
        contact.given_name = reader.Text();
        break;
      case kFamilyName:
        contact.family_name = reader.Text();
        break;
      case kHonorific:
        contact.honorific = reader.Text();
        break;
      case kBirthDate:
        contact.birth_date = reader.Text();
        break;
      case kCompanyName:
        contact.company.display_name = reader.Text();
        break;
      case kCompanyDomain:
        contact.company.domain = reader.Text();
        break;
      case kJobTitle:
        contact.job_title = reader.Text();
        break;
      default:
        if (!DecodeList(reader, contact)) return Damaged();
        break;
    }
  }
  if (reader.broken()) return Damaged();
  return contact;
}

std::string EncodeHeldCapture(const HeldCapture& capture) {
  RecordWriter out;
  out.Element(kHeldContact, EncodeContact(capture.contact));
  for (const Consent& consent : capture.consents) out.Element(kHeldConsent, Encode(consent));
  for (const ContactId& candidate : capture.candidates) out.Element(kCandidate, candidate.value());
  out.Text(kHeldReason, capture.reason);
  return out.Take();
}

absl::StatusOr<HeldCapture> DecodeHeldCapture(std::string_view bytes) {
  HeldCapture capture;
  RecordReader reader(bytes);
  while (reader.Next()) {
    if (reader.tag() == kHeldContact) {
      absl::StatusOr<Contact> contact = DecodeContact(reader.Text());
      if (!contact.ok()) return contact.status();
      capture.contact = *std::move(contact);
    }
    if (reader.tag() == kHeldConsent && !Decode(reader.Text(), capture.consents.emplace_back()))
      return Damaged();
    if (reader.tag() == kCandidate) capture.candidates.emplace_back(std::string(reader.Text()));
    if (reader.tag() == kHeldReason) capture.reason = reader.Text();
  }
  if (reader.broken()) return Damaged();
  return capture;
}

std::string EncodeAnswer(const KeptAnswer& answer) {
  RecordWriter out;
  if (answer.contact) out.Element(kAnswerContact, EncodeContact(*answer.contact));
  out.Int(kOutcome, answer.outcome);
  out.Text(kHeldCapture, answer.held_capture);
  out.Text(kCheck, answer.check);
  return out.Take();
}

absl::StatusOr<KeptAnswer> DecodeAnswer(std::string_view bytes) {
  KeptAnswer answer;
  RecordReader reader(bytes);
  while (reader.Next()) {
    if (reader.tag() == kAnswerContact) {
      absl::StatusOr<Contact> contact = DecodeContact(reader.Text());
      if (!contact.ok()) return contact.status();
      answer.contact = *std::move(contact);
    }
    if (reader.tag() == kOutcome) answer.outcome = reader.Int();
    if (reader.tag() == kHeldCapture) answer.held_capture = reader.Text();
    if (reader.tag() == kCheck) answer.check = reader.Text();
  }
  if (reader.broken()) return Damaged();
  return answer;
}

std::string EncodeEvent(const ContactEvent& event) {
  RecordWriter out;
  out.Text(kEtag, event.etag);
  for (const std::string& field : event.fields) out.Element(kField, field);
  for (const std::string& cause : event.causes) out.Element(kCause, cause);
  return out.Take();
}

absl::Status DecodeEvent(std::string_view bytes, ContactEvent& event) {
  RecordReader reader(bytes);
  while (reader.Next()) {
    if (reader.tag() == kEtag) event.etag = reader.Text();
    if (reader.tag() == kField) event.fields.emplace_back(reader.Text());
    if (reader.tag() == kCause) event.causes.emplace_back(reader.Text());
  }
  return reader.broken() ? Damaged() : absl::OkStatus();
}

}  // namespace limpid::contact
