#include "verify-svc/wiring_phone.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/phone/number_plan.h"
#include "libs/quality/phone/phone_directory.h"

namespace limpid::verify {

absl::StatusOr<std::unique_ptr<PhoneParts>> PhoneParts::Build(SharedParts& shared) {
  const std::string& region = shared.settings.Text("verify.default_region");
  if (quality::CallingCodeOf(region) == 0) {
    return InvalidField("verify.default_region", reason::kUnknownValue,
                        StrCat("verify.default_region: no country has the code ", region));
  }
  auto directory = quality::PhoneDirectory::Load(shared.lists);
  if (!directory.ok()) return directory.status();
  auto parts = std::make_unique<PhoneParts>();
  parts->verify_ =
      std::make_shared<const VerifyPhone>(shared.rules, region, shared.clock, nullptr, *directory);
  return parts;
}

}  // namespace limpid::verify
