#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "limpid/verify/v1/email_service.pb.h"
#include "limpid/verify/v1/person_service.pb.h"
#include "limpid/verify/v1/phone_history_service.pb.h"
#include "limpid/verify/v1/phone_service.pb.h"

#include "libs/quality/phone/typing/typed_entry.h"
#include "verify-svc/app/number_history.h"
#include "verify-svc/domain/answer.h"
#include "verify-svc/domain/query.h"

/// Between the wire and the domain. Every field of a request is read and every field that this service knows
/// is written; the test counts them.
namespace limpid::verify {

/// INVALID_ARGUMENT for a depth that no list has and for a duration that is none. The query looks into the
/// request.
absl::StatusOr<EmailQuery> ReadQuery(const v1::VerifyEmailRequest& request);
absl::StatusOr<PhoneQuery> ReadQuery(const v1::VerifyPhoneRequest& request);
absl::StatusOr<PersonQuery> ReadQuery(const v1::VerifyPersonRequest& request);
TypingQuery ReadQuery(const v1::FormatPhoneRequest& request);

/// Into an empty message. Takes the texts out of the answer.
void Write(EmailAnswer answer, v1::EmailVerdict& out);
void Write(PhoneAnswer answer, v1::PhoneVerdict& out);
void Write(PersonAnswer answer, v1::VerifyPersonResponse& out);
void Write(const NumberHistory::Entry& entry, v1::PhoneHistoryEntry& out);
void Write(quality::TypedEntry entry, v1::FormatPhoneResponse& out);

/// The answer to a row that could not be judged: its id, its input and why.
void WriteFault(const absl::Status& fault, const v1::VerifyEmailRequest& request, v1::EmailVerdict& out);
void WriteFault(const absl::Status& fault, const v1::VerifyPhoneRequest& request, v1::PhoneVerdict& out);

}  // namespace limpid::verify
