#include "verify-svc/app/verify_person.h"

#include <utility>

namespace limpid::verify {

VerifyPerson::VerifyPerson(std::shared_ptr<const VerifyEmail> email, std::shared_ptr<const VerifyPhone> phone)
    : email_(std::move(email)), phone_(std::move(phone)) {}

absl::StatusOr<PersonAnswer> VerifyPerson::Run(const Call& call, const PersonQuery& query) const {
  if (absl::Status status = Check(query); !status.ok()) return status;
  PersonAnswer answer;
  if (!query.email.empty()) {
    absl::StatusOr<EmailAnswer> email = email_->Run(call, {.email = query.email, .depth = query.depth});
    if (!email.ok()) return email.status();
    answer.email = *std::move(email);
  }
  if (!query.phone.empty()) {
    absl::StatusOr<PhoneAnswer> phone = phone_->Run(
        call, {.phone = query.phone, .default_region = query.default_region, .depth = query.depth});
    if (!phone.ok()) return phone.status();
    answer.phone = *std::move(phone);
  }
  return answer;
}

}  // namespace limpid::verify
