#include "verify-svc/app/verify_phone.h"

#include <utility>

namespace limpid::verify {

VerifyPhone::VerifyPhone(std::shared_ptr<const RulesInForce> rules, std::string default_region,
                         const Clock& clock)
    : rules_(std::move(rules)), default_region_(std::move(default_region)), clock_(clock) {}

absl::StatusOr<PhoneAnswer> VerifyPhone::Run(const Call& /*call*/, const PhoneQuery& query) const {
  if (absl::Status status = Check(query); !status.ok()) return status;
  const std::string_view region = query.default_region.empty() ? default_region_ : query.default_region;
  return PhoneAnswer{.id = query.id,
                     .input = query.phone,
                     .verdict = rules_->Get()->phone.Verify(query.phone, region),
                     .check_time = clock_.Now()};
}

void VerifyPhone::Run(const Call& call, const PhoneQuery& query, Done<PhoneAnswer> done) const {
  done(Run(call, query));
}

}  // namespace limpid::verify
