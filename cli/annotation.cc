#include "cli/annotation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_join.h"

#include "cli/csv.h"

namespace limpid::cli {

std::vector<std::string> AnnotationHeader() {
  return {"limpid_decision", "limpid_reasons", "limpid_suggestion",  "limpid_email",
          "limpid_phone",    "limpid_known",   "limpid_duplicate_of"};
}

std::vector<std::string> Annotation(const RowResult& result) {
  std::vector<std::string> cells = {std::string(OutcomeWord(result.outcome)),
                                    absl::StrJoin(result.reasons, " "),
                                    absl::StrJoin(result.suggestions, " "),
                                    result.email,
                                    result.phone,
                                    result.known ? "yes" : "",
                                    result.duplicate_of ? std::to_string(*result.duplicate_of) : ""};
  std::ranges::transform(cells, cells.begin(),
                         [](std::string& cell) { return WithoutFormula(std::move(cell)); });
  return cells;
}

std::vector<std::string> AnnotatedRow(std::vector<std::string> cells, size_t width,
                                      std::vector<std::string> added) {
  cells.resize(std::max(cells.size(), width));
  std::ranges::move(added, std::back_inserter(cells));
  return cells;
}

}  // namespace limpid::cli
