#pragma once

#include "enrich-svc/domain/completion.h"
#include "enrich-svc/domain/profile.h"

/// What may become of the providers' answers. Enrichment never replaces a value.
namespace limpid::enrich {

/// Below it a completion is shown, never stored: it says where somebody probably lives, not where.
inline constexpr double kStoreFrom = 0.8;

/// Of all that the providers said, what may be shown: for each field that is empty the surest value, of
/// equally sure ones the first, in the order of the fields. An empty value is no answer.
Completions SurestOfEmpty(const Profile& profile, Completions candidates);

/// Of what may be shown, what may be stored: sure enough, and no address begun where there is none, as a
/// country or region alone is no address.
Completions WorthStoring(const Profile& profile, const Completions& completions);

}  // namespace limpid::enrich
