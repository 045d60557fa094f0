#include "verify-svc/app/verify_person.h"

#include <atomic>
#include <utility>

namespace limpid::verify {

VerifyPerson::VerifyPerson(std::shared_ptr<const VerifyEmail> email, std::shared_ptr<const VerifyPhone> phone)
    : email_(std::move(email)), phone_(std::move(phone)) {}

absl::StatusOr<PersonAnswer> VerifyPerson::Run(const Call& call, const PersonQuery& query) const {
  if (absl::Status status = Check(query); !status.ok()) return status;
  PersonAnswer answer{.email_depth_offered = email_->offered(), .phone_depth_offered = phone_->offered()};
  if (!query.email.empty()) {
    absl::StatusOr<EmailAnswer> email = email_->Run(call, {.email = query.email, .depth = query.depth});
    if (!email.ok()) return email.status();
    answer.email = *std::move(email);
  }
  if (!query.phone.empty()) {
    absl::StatusOr<PhoneAnswer> phone = phone_->Run(call, {.phone = query.phone,
                                                           .default_region = query.default_region,
                                                           .likely_regions = query.likely_regions,
                                                           .depth = query.depth});
    if (!phone.ok()) return phone.status();
    answer.phone = *std::move(phone);
  }
  return answer;
}

void VerifyPerson::Run(const Call& call, const PersonQuery& query, Done<PersonAnswer> done) const {
  if (absl::Status status = Check(query); !status.ok()) return done(std::move(status));
  // What both write into; the last of them hands it over.
  struct Pair {
    PersonAnswer answer;
    absl::Status email;
    absl::Status phone;
    std::atomic<int> missing = 2;
    Done<PersonAnswer> done;

    void Arrived() {
      if (missing.fetch_sub(1) != 1) return;
      if (!email.ok()) return done(email);
      if (!phone.ok()) return done(phone);
      done(std::move(answer));
    }
  };
  const auto pair = std::make_shared<Pair>();
  pair->answer.email_depth_offered = email_->offered();
  pair->answer.phone_depth_offered = phone_->offered();
  pair->done = std::move(done);
  if (query.email.empty()) {
    pair->Arrived();
  } else {
    email_->Run(call, {.email = query.email, .depth = query.depth, .budget = query.budget},
                [pair](absl::StatusOr<EmailAnswer> email) {
                  pair->email = email.status();
                  if (email.ok()) pair->answer.email = *std::move(email);
                  pair->Arrived();
                });
  }
  if (query.phone.empty()) {
    pair->Arrived();
  } else {
    phone_->Run(call,
                {.phone = query.phone,
                 .default_region = query.default_region,
                 .likely_regions = query.likely_regions,
                 .depth = query.depth,
                 .budget = query.budget},
                [pair](absl::StatusOr<PhoneAnswer> phone) {
                  pair->phone = phone.status();
                  if (phone.ok()) pair->answer.phone = *std::move(phone);
                  pair->Arrived();
                });
  }
}

}  // namespace limpid::verify
