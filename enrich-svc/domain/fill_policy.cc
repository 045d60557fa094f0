#include "enrich-svc/domain/fill_policy.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace limpid::enrich {

Completions SurestOfEmpty(const Profile& profile, Completions candidates) {
  std::erase_if(candidates, [&profile](const Completion& candidate) {
    return candidate.value.empty() || !FieldOf(profile, candidate.field).empty();
  });
  std::stable_sort(candidates.begin(), candidates.end(), [](const Completion& a, const Completion& b) {
    return a.field != b.field ? a.field < b.field : a.confidence > b.confidence;
  });
  const auto rest = std::unique(candidates.begin(), candidates.end(),
                                [](const Completion& a, const Completion& b) { return a.field == b.field; });
  candidates.erase(rest, candidates.end());
  return candidates;
}

Completions WorthStoring(const Profile& profile, const Completions& completions) {
  const bool has_address = profile.address != PostalAddress();
  Completions kept;
  std::copy_if(completions.begin(), completions.end(), std::back_inserter(kept),
               [has_address](const Completion& completion) {
                 return completion.confidence >= kStoreFrom &&
                        (has_address || !IsAddressField(completion.field));
               });
  return kept;
}

}  // namespace limpid::enrich
