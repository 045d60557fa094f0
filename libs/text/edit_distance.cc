#include "libs/text/edit_distance.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"

namespace limpid::text {

int EditDistance(std::string_view a, std::string_view b, int limit) {
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > static_cast<std::size_t>(limit)) return limit + 1;
  const std::size_t width = b.size() + 1;
  // Three rows suffice: a swap looks back over two.
  using Row = absl::InlinedVector<int, 36>;
  Row before(width);
  Row above(width);
  Row row(width);
  for (std::size_t j = 0; j < width; ++j) above[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t j = 1; j < width; ++j) {
      const int cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    std::swap(before, above);
    std::swap(above, row);
  }
  return std::min(above[b.size()], limit + 1);
}

Edit FindEdit(std::string_view from, std::string_view to) {
  const auto [in_from, in_to] = std::mismatch(from.begin(), from.end(), to.begin(), to.end());
  const auto at = static_cast<std::size_t>(in_from - from.begin());
  const std::string_view rest = from.substr(at);
  const std::string_view wanted = to.substr(at);
  if (rest.empty() && wanted.empty()) return {};
  // A letter too many or too few may stand anywhere in a run of its like: name the first.
  const auto run_start = [at](std::string_view text, std::size_t last) {
    std::size_t first = last;
    while (first > 0 && text[first - 1] == text[last]) --first;
    return std::min(first, at);
  };
  if (rest.size() == wanted.size() + 1 && rest.substr(1) == wanted) {
    return {EditKind::kDelete, run_start(from, at)};
  }
  if (wanted.size() == rest.size() + 1 && wanted.substr(1) == rest) {
    return {EditKind::kInsert, run_start(to, at)};
  }
  if (rest.size() != wanted.size()) return {EditKind::kMany, at};
  if (rest.substr(1) == wanted.substr(1)) return {EditKind::kSubstitute, at};
  if (rest.size() >= 2 && rest[0] == wanted[1] && rest[1] == wanted[0] &&
      rest.substr(2) == wanted.substr(2)) {
    return {EditKind::kSwap, at};
  }
  return {EditKind::kMany, at};
}

}  // namespace limpid::text
