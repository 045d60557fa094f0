#pragma once

#include <optional>
#include <vector>

#include "libs/base/clock.h"
#include "verify-svc/app/number_lookup.h"

namespace limpid::verify {

/// What a layer that remembers numbers does with what it remembers: fresh facts are told as they are, the
/// rest is asked of `next`, and an assignment that still holds is joined to what comes back.
///
/// `learned` sees what came back, joined, when it may be kept; by its place in `numbers`.
void FindBeyond(const Call& call, std::vector<NumberQuestion> numbers,
                std::vector<std::optional<NumberFacts>> known, NumberLookup& next, const Clock& clock,
                const std::function<void(std::size_t place, const NumberFacts& facts)>& learned,
                const NumberLookup::OnFacts& tell);

}  // namespace limpid::verify
