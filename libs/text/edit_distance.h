#pragma once

#include <cstddef>
#include <string_view>

namespace limpid::text {

/// The optimal string alignment distance in bytes: insertions, deletions, substitutions and swaps of
/// neighbours count one each. Stops counting above `limit` and answers `limit + 1` then. Give it folded text.
int EditDistance(std::string_view a, std::string_view b, int limit);

enum class EditKind { kNone, kInsert, kDelete, kSubstitute, kSwap, kMany };

/// The single edit that turns `from` into `to`, and where in `from` it happens.
struct Edit {
  EditKind kind = EditKind::kNone;
  std::size_t position = 0;
};

/// kNone for equal texts, kMany when one edit is not enough. Linear, without allocation. In a run of equal
/// letters the edit is reported at the run's first letter.
Edit FindEdit(std::string_view from, std::string_view to);

}  // namespace limpid::text
