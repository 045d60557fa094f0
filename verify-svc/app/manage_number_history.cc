#include "verify-svc/app/manage_number_history.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "verify-svc/domain/query.h"

namespace limpid::verify {

absl::StatusOr<std::string> ManageNumberHistory::Read(const Number& number) const {
  const PhoneQuery query = {.phone = number.phone, .default_region = number.default_region};
  if (absl::Status status = Check(query); !status.ok()) return status;
  const std::string_view region = number.default_region.empty() ? default_region_ : number.default_region;
  std::string e164 = rules_->Get()->phone.E164(number.phone, region);
  if (e164.empty()) return InvalidField("phone", reason::kInvalidFormat, "Give a valid phone number.");
  return e164;
}

absl::StatusOr<std::vector<NumberHistory::Entry>> ManageNumberHistory::List(const Call& call,
                                                                            const Number& number) const {
  const absl::StatusOr<std::string> e164 = Read(number);
  if (!e164.ok()) return e164.status();
  return history_.List(call, *e164);
}

absl::Status ManageNumberHistory::Forget(const Call& call, const Number& number) const {
  const absl::StatusOr<std::string> e164 = Read(number);
  if (!e164.ok()) return e164.status();
  return history_.Erase(call, *e164);
}

}  // namespace limpid::verify
