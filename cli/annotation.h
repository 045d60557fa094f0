#pragma once

#include <string>
#include <vector>

#include "cli/row_result.h"

namespace limpid::cli {

/// Headings of the columns that are added to an annotated file.
std::vector<std::string> AnnotationHeader();

/// The added cells of one row. No spreadsheet takes one for a formula: an E.164 number is written
/// `'+33612345678`.
std::vector<std::string> Annotation(const RowResult& result);

/// A whole row: the cells as they came, filled up to `width` (the widest row of the file, so that what is
/// added stands in columns of its own), and the added ones.
std::vector<std::string> AnnotatedRow(std::vector<std::string> cells, size_t width,
                                      std::vector<std::string> added);

}  // namespace limpid::cli
