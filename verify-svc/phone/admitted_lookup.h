#pragma once

#include "verify-svc/app/number_lookup.h"
#include "verify-svc/app/policies.h"

namespace limpid::verify {

/// Whether the tenant lets paid questions about this number be asked: by calling code, region and type.
bool Admits(const Policy::Phone& policy, const NumberQuestion& number);

/// The tenant's international filter: a number that it does not admit costs nothing and is told as
/// NOT_CHECKED with COUNTRY_NOT_ALLOWED. What has no HLR is NOT_CHECKED without a reason, and so is
/// everything for a tenant that chose no provider. Thread-safe; both must outlive it.
class AdmittedLookup final : public NumberLookup {
 public:
  AdmittedLookup(NumberLookup& next, const Policies& policies) : next_(next), policies_(policies) {}

  void Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) override;

 private:
  NumberLookup& next_;
  const Policies& policies_;
};

}  // namespace limpid::verify
