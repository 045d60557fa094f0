#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/quality/phone/typed/meant.h"

namespace limpid::quality {

/// The numbers of a field that holds more than one number.
struct FieldText {
  std::vector<Meant> numbers;
  bool several = false;
  std::string extension;  ///< Of the only number, where a word says so: `poste 4`, `p. 12`.
};

/// Finds the numbers among words, between signs (`06… / 01…`, `06… ou 01…`, `Tel: 01… Fax: 01…`), written one
/// behind the other without any, and as another ending (`01 42 68 53 00/01`). `text` as ReadTyped has it;
/// `fault` is what the plan says of the whole.
FieldText ReadField(std::string_view text, std::string_view fault, const Readers& readers);

}  // namespace limpid::quality
