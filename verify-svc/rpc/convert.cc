#include "verify-svc/rpc/convert.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "limpid/type/v1/row_error.pb.h"
#include "limpid/type/v1/verdict_status.pb.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/quality/email/score.h"
#include "verify-svc/rpc/wire_time.h"

namespace limpid::verify {
namespace {

using type::v1::RowError;
using WireDepth = type::v1::Depth;
using WireTernary = type::v1::Ternary;

constexpr int32_t kNanosPerSecond = 1'000'000'000;

Depth ReadDepth(WireDepth::Value depth, ErrorCollector& errors) {
  switch (depth) {
    case WireDepth::DEPTH_UNSPECIFIED:
    case WireDepth::FAST:
      return Depth::kFast;
    case WireDepth::STANDARD:
      return Depth::kStandard;
    case WireDepth::DEEP:
      return Depth::kDeep;
    default:  // proto3 enums are open: a number that no list has.
      errors.Add("depth", reason::kUnknownValue, "FAST, STANDARD or DEEP.");
      return Depth::kFast;
  }
}

std::optional<absl::Duration> ReadBudget(const google::protobuf::Duration& budget, ErrorCollector& errors) {
  const int64_t seconds = budget.seconds();
  const int32_t nanos = budget.nanos();
  const bool mixed_signs = (seconds > 0 && nanos < 0) || (seconds < 0 && nanos > 0);
  if (mixed_signs || nanos <= -kNanosPerSecond || nanos >= kNanosPerSecond) {
    errors.Add("budget", reason::kInvalidFormat,
               "Seconds and nanoseconds of one sign, less than a second of the latter.");
    return std::nullopt;
  }
  return absl::Seconds(seconds) + absl::Nanoseconds(nanos);
}

// What the requests have in common.
template <class Query, class Request>
absl::Status ReadCommon(const Request& request, Query& query) {
  ErrorCollector errors;
  query.depth = ReadDepth(request.depth(), errors);
  if (request.has_budget()) query.budget = ReadBudget(request.budget(), errors);
  if (errors.empty()) return absl::OkStatus();
  // Also what the domain has to say, so that the caller learns of all at once.
  errors.Merge("", Check(query));
  return errors.Finish();
}

WireDepth::Value Wire(Depth depth) {
  switch (depth) {
    case Depth::kFast:
      return WireDepth::FAST;
    case Depth::kStandard:
      return WireDepth::STANDARD;
    case Depth::kDeep:
      return WireDepth::DEEP;
  }
  return WireDepth::DEPTH_UNSPECIFIED;
}

type::v1::EmailStatus::Value Wire(quality::EmailStatus status) {
  switch (status) {
    case quality::EmailStatus::kDeliverable:
      return type::v1::EmailStatus::DELIVERABLE;
    case quality::EmailStatus::kRisky:
      return type::v1::EmailStatus::RISKY;
    case quality::EmailStatus::kUndeliverable:
      return type::v1::EmailStatus::UNDELIVERABLE;
    case quality::EmailStatus::kUnknown:
      return type::v1::EmailStatus::UNKNOWN;
  }
  return type::v1::EmailStatus::EMAIL_STATUS_UNSPECIFIED;
}

type::v1::PhoneStatus::Value Wire(quality::PhoneStatus status) {
  switch (status) {
    case quality::PhoneStatus::kValid:
      return type::v1::PhoneStatus::VALID;
    case quality::PhoneStatus::kRisky:
      return type::v1::PhoneStatus::RISKY;
    case quality::PhoneStatus::kInvalid:
      return type::v1::PhoneStatus::INVALID;
    case quality::PhoneStatus::kUnknown:
      return type::v1::PhoneStatus::UNKNOWN;
  }
  return type::v1::PhoneStatus::PHONE_STATUS_UNSPECIFIED;
}

WireTernary::Value Wire(quality::Ternary value) {
  switch (value) {
    case quality::Ternary::kYes:
      return WireTernary::YES;
    case quality::Ternary::kNo:
      return WireTernary::NO;
    case quality::Ternary::kUnknown:
      return WireTernary::UNKNOWN;
  }
  return WireTernary::TERNARY_UNSPECIFIED;
}

v1::EmailSuggestion::Kind::Value Wire(quality::SuggestionKind kind) {
  switch (kind) {
    case quality::SuggestionKind::kDomain:
      return v1::EmailSuggestion::Kind::DOMAIN;
    case quality::SuggestionKind::kTld:
      return v1::EmailSuggestion::Kind::TLD;
    case quality::SuggestionKind::kLocalPart:
      return v1::EmailSuggestion::Kind::LOCAL_PART;
  }
  return v1::EmailSuggestion::Kind::KIND_UNSPECIFIED;
}

v1::PhoneType::Value Wire(quality::PhoneType type) {
  switch (type) {
    case quality::PhoneType::kFixedLine:
      return v1::PhoneType::FIXED_LINE;
    case quality::PhoneType::kMobile:
      return v1::PhoneType::MOBILE;
    case quality::PhoneType::kFixedLineOrMobile:
      return v1::PhoneType::FIXED_LINE_OR_MOBILE;
    case quality::PhoneType::kTollFree:
      return v1::PhoneType::TOLL_FREE;
    case quality::PhoneType::kPremiumRate:
      return v1::PhoneType::PREMIUM_RATE;
    case quality::PhoneType::kSharedCost:
      return v1::PhoneType::SHARED_COST;
    case quality::PhoneType::kVoip:
      return v1::PhoneType::VOIP;
    case quality::PhoneType::kPersonalNumber:
      return v1::PhoneType::PERSONAL_NUMBER;
    case quality::PhoneType::kPager:
      return v1::PhoneType::PAGER;
    case quality::PhoneType::kUan:
      return v1::PhoneType::UAN;
    case quality::PhoneType::kVoicemail:
      return v1::PhoneType::VOICEMAIL;
    case quality::PhoneType::kUnknown:
      return v1::PhoneType::UNKNOWN;
  }
  return v1::PhoneType::PHONE_TYPE_UNSPECIFIED;
}

v1::Reachability::Value Wire(quality::Reachability reachability) {
  switch (reachability) {
    case quality::Reachability::kReachable:
      return v1::Reachability::REACHABLE;
    case quality::Reachability::kAbsent:
      return v1::Reachability::ABSENT;
    case quality::Reachability::kUnassigned:
      return v1::Reachability::UNASSIGNED;
    case quality::Reachability::kBarred:
      return v1::Reachability::BARRED;
    case quality::Reachability::kUnknown:
      return v1::Reachability::UNKNOWN;
    case quality::Reachability::kNotChecked:
      return v1::Reachability::NOT_CHECKED;
  }
  return v1::Reachability::REACHABILITY_UNSPECIFIED;
}

v1::Ported::Value Wire(quality::Assumption assumption) {
  switch (assumption) {
    case quality::Assumption::kYes:
      return v1::Ported::YES;
    case quality::Assumption::kNo:
      return v1::Ported::NO;
    case quality::Assumption::kAssumedYes:
      return v1::Ported::ASSUMED_YES;
    case quality::Assumption::kAssumedNo:
      return v1::Ported::ASSUMED_NO;
    case quality::Assumption::kUnknown:
      return v1::Ported::UNKNOWN;
  }
  return v1::Ported::PORTED_UNSPECIFIED;
}

void WriteCarrier(const Carrier& carrier, v1::Carrier& out) {
  out.set_name(carrier.name);
  out.set_mccmnc(carrier.mccmnc);
}

void WriteSource(const NumberSource& source, v1::PhoneSource& out) {
  out.set_name(source.name);
  WriteTime(source.as_of, *out.mutable_as_of());
  out.set_cached(source.cached);
  out.set_cost(source.cost);
}

// What the network told, beside what Apply has put into the verdict. Until when it holds: for what could not
// be learned, until now.
void WriteNetwork(const NumberFacts& facts, absl::Time check_time, v1::PhoneVerdict& out) {
  if (facts.carrier_original) WriteCarrier(*facts.carrier_original, *out.mutable_carrier_original());
  if (facts.carrier_current) WriteCarrier(*facts.carrier_current, *out.mutable_carrier_current());
  if (!facts.line_type.empty()) out.set_line_type(facts.line_type);
  out.set_roaming_region(facts.roaming_region);
  for (const NumberSource& source : facts.sources) WriteSource(source, *out.add_sources());
  if (facts.reachability == quality::Reachability::kNotChecked && facts.sources.empty()) return;
  WriteTime(std::max(check_time, facts.reachability_expires), *out.mutable_expire_time());
}

void WriteDuration(absl::Duration duration, google::protobuf::Duration& out) {
  const int64_t seconds = absl::ToInt64Seconds(duration);
  out.set_seconds(seconds);
  out.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(duration - absl::Seconds(seconds))));
}

void WriteFlags(const quality::EmailFlags& flags, v1::EmailFlags& out) {
  out.set_disposable(flags.disposable);
  out.set_alias_relay(flags.alias_relay);
  out.set_free(flags.free);
  out.set_role(flags.role);
  out.set_no_reply(flags.no_reply);
  out.set_tagged(flags.tagged);
  out.set_catch_all(Wire(flags.catch_all));
  out.set_mailbox_full(flags.mailbox_full);
  out.set_null_mx(flags.null_mx);
  out.set_implicit_mx(flags.implicit_mx);
}

void WriteEvidence(quality::EmailEvidence evidence, v1::EmailEvidence& out) {
  out.set_step(evidence.step.data(), evidence.step.size());
  out.set_host(std::move(evidence.host));
  out.set_code(evidence.code);
  out.set_enhanced_code(std::move(evidence.enhanced_code));
  out.set_text(std::move(evidence.text));
  if (evidence.elapsed != absl::ZeroDuration()) WriteDuration(evidence.elapsed, *out.mutable_elapsed());
  out.set_cached(evidence.cached);
  out.set_source(std::move(evidence.source));
}

void WriteRowError(const absl::Status& fault, RowError& out) {
  const ErrorDetails details = DetailsOf(fault);
  out.set_code(absl::StatusCodeToString(fault.code()));
  out.set_reason(details.reason);
  for (const FieldViolation& violation : details.violations) {
    type::v1::FieldError& error = *out.add_errors();
    error.set_field(violation.field);
    error.set_reason(violation.reason);
    error.set_message(violation.message);
  }
}

}  // namespace

absl::StatusOr<EmailQuery> ReadQuery(const v1::VerifyEmailRequest& request) {
  EmailQuery query{.id = request.id(), .email = request.email()};
  if (absl::Status status = ReadCommon(request, query); !status.ok()) return status;
  return query;
}

absl::StatusOr<PhoneQuery> ReadQuery(const v1::VerifyPhoneRequest& request) {
  PhoneQuery query{.id = request.id(), .phone = request.phone(), .default_region = request.default_region()};
  if (absl::Status status = ReadCommon(request, query); !status.ok()) return status;
  return query;
}

absl::StatusOr<PersonQuery> ReadQuery(const v1::VerifyPersonRequest& request) {
  PersonQuery query{
      .email = request.email(), .phone = request.phone(), .default_region = request.default_region()};
  query.likely_regions = {.home = request.home_region(), .usual = request.usual_region()};
  if (absl::Status status = ReadCommon(request, query); !status.ok()) return status;
  return query;
}

TypingQuery ReadQuery(const v1::FormatPhoneRequest& request) {
  TypingQuery query{.digits = request.digits(), .default_region = request.default_region()};
  if (request.has_caret()) query.caret = request.caret();
  return query;
}

void Write(EmailAnswer answer, v1::EmailVerdict& out) {
  quality::EmailVerdict& verdict = answer.verdict;
  out.set_id(answer.id.data(), answer.id.size());
  out.set_input(answer.input.data(), answer.input.size());
  out.set_status(Wire(verdict.status));
  out.set_reason(verdict.reason.data(), verdict.reason.size());
  for (const std::string_view reason : verdict.reasons) out.add_reasons(reason.data(), reason.size());
  out.set_score(verdict.score);
  out.set_confidence(verdict.confidence);
  out.set_depth_reached(Wire(answer.depth_reached));
  const std::string_view domain = verdict.address.domain();
  out.set_domain(domain.data(), domain.size());
  out.set_ascii(verdict.address.ascii());
  out.set_needs_smtputf8(verdict.address.needs_smtputf8);
  out.set_normalized(std::move(verdict.address.normalized));
  if (verdict.did_you_mean) {
    v1::EmailSuggestion& suggestion = *out.mutable_did_you_mean();
    suggestion.set_email(std::move(verdict.did_you_mean->email));
    suggestion.set_confidence(verdict.did_you_mean->confidence);
    suggestion.set_kind(Wire(verdict.did_you_mean->kind));
  }
  WriteFlags(verdict.flags, *out.mutable_flags());
  for (quality::EmailEvidence& evidence : verdict.evidence) {
    WriteEvidence(std::move(evidence), *out.add_evidence());
  }
  if (std::string score = quality::DescribeScore(verdict); !score.empty()) {
    WriteEvidence({.step = "SCORE", .text = std::move(score)}, *out.add_evidence());
  }
  WriteTime(answer.check_time, *out.mutable_check_time());
  if (answer.expire_time) WriteTime(*answer.expire_time, *out.mutable_expire_time());
  if (answer.retry_time) WriteTime(*answer.retry_time, *out.mutable_retry_time());
  out.set_data_version(std::move(verdict.data_version));
}

void Write(PhoneAnswer answer, v1::PhoneVerdict& out) {
  quality::PhoneVerdict& verdict = answer.verdict;
  out.set_id(answer.id.data(), answer.id.size());
  out.set_input(answer.input.data(), answer.input.size());
  out.set_status(Wire(verdict.status));
  for (const std::string_view reason : verdict.reasons) out.add_reasons(reason.data(), reason.size());
  out.set_e164(std::move(verdict.e164));
  out.set_national(std::move(verdict.national));
  out.set_international(std::move(verdict.international));
  out.set_rfc3966(std::move(verdict.rfc3966));
  out.set_extension(std::move(verdict.extension));
  out.set_calling_code(verdict.calling_code);
  out.set_region_code(std::move(verdict.region_code));
  for (std::string& region : verdict.region_candidates) out.add_region_candidates(std::move(region));
  out.set_type(Wire(verdict.type));
  out.set_line_type(verdict.line_type.data(), verdict.line_type.size());
  out.set_reachability(Wire(verdict.reachability));
  out.set_ported(Wire(verdict.ported));
  out.set_roaming(Wire(verdict.roaming));
  for (const std::string_view flag : verdict.flags) out.add_flags(flag.data(), flag.size());
  // A line that may be fixed or mobile is not refused a message.
  out.mutable_can_receive()->set_sms(verdict.sms != quality::CanReceive::kNo);
  out.mutable_can_receive()->set_voice(verdict.voice != quality::CanReceive::kNo);
  for (quality::PhoneSuggestion& suggestion : verdict.suggestions) {
    v1::PhoneSuggestion& written = *out.add_suggestions();
    written.set_e164(std::move(suggestion.e164));
    written.set_reason(suggestion.reason.data(), suggestion.reason.size());
    written.set_confidence(suggestion.confidence);
  }
  out.set_metadata_version(std::move(verdict.metadata_version));
  WriteTime(answer.check_time, *out.mutable_check_time());
  const std::string_view carrier = verdict.carrier_original;
  if (!carrier.empty()) out.mutable_carrier_original()->set_name(carrier.data(), carrier.size());
  for (const std::string_view zone : verdict.time_zones) out.add_timezones(zone.data(), zone.size());
  out.set_location(verdict.location.data(), verdict.location.size());
  if (answer.network != nullptr) WriteNetwork(*answer.network, answer.check_time, out);
}

void Write(PersonAnswer answer, v1::VerifyPersonResponse& out) {
  if (answer.email) Write(*std::move(answer.email), *out.mutable_email());
  if (answer.phone) Write(*std::move(answer.phone), *out.mutable_phone());
  out.set_depth_offered(Wire(answer.email_depth_offered));
  out.set_phone_depth_offered(Wire(answer.phone_depth_offered));
}

void Write(const NumberHistory::Entry& entry, v1::PhoneHistoryEntry& out) {
  const NumberFacts& facts = entry.facts;
  if (facts.carrier_original) WriteCarrier(*facts.carrier_original, *out.mutable_carrier_original());
  if (facts.carrier_current) WriteCarrier(*facts.carrier_current, *out.mutable_carrier_current());
  out.set_ported(Wire(facts.ported));
  for (const NumberSource& source : facts.sources) WriteSource(source, *out.add_sources());
  WriteTime(entry.since_time, *out.mutable_since_time());
  WriteTime(entry.seen_time, *out.mutable_seen_time());
}

void Write(quality::TypedEntry entry, v1::FormatPhoneResponse& out) {
  out.set_text(std::move(entry.text));
  out.set_caret(static_cast<int32_t>(entry.caret));
  out.set_possible(entry.possible);
  out.set_valid(entry.valid);
}

void WriteFault(const absl::Status& fault, const v1::VerifyEmailRequest& request, v1::EmailVerdict& out) {
  out.set_id(request.id());
  out.set_input(request.email());
  WriteRowError(fault, *out.mutable_error());
}

void WriteFault(const absl::Status& fault, const v1::VerifyPhoneRequest& request, v1::PhoneVerdict& out) {
  out.set_id(request.id());
  out.set_input(request.phone());
  WriteRowError(fault, *out.mutable_error());
}

}  // namespace limpid::verify
