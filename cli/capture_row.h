#pragma once

#include <string>
#include <vector>

#include "limpid/gateway/v1/capture_service.pb.h"

#include "cli/columns.h"

namespace limpid::cli {

/// What holds for all rows of a file.
struct RowDefaults {
  std::string default_region;
  std::string language_code;
  std::string form;
};

/// One row as the capture check takes it. A country is passed on when it is a code of two letters or one of
/// the names in French and English of France and its neighbours; a birth date as `1980-02-29` or, day first,
/// `29/02/1980`. What is written otherwise is left out, as it would fail the row and is not what is being
/// checked.
gateway::v1::CheckRequest RequestOf(const Columns& columns, const std::vector<std::string>& cells,
                                    const RowDefaults& defaults);

}  // namespace limpid::cli
