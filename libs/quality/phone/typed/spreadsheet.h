#pragma once

#include <string>
#include <string_view>

namespace limpid::quality {

/// What a spreadsheet did to a number that it took for an amount.
struct SpreadsheetDamage {
  bool found = false;
  std::string digits;  ///< The digits as they were; empty where some are lost for good.
};

/// Knows exponents (`6,12345678E+08`; lost for good when digits are cut off: `6,12E+08`), decimals
/// (`612345678.0`, `612345678,00`), parted thousands (`612,345,678`, `33.612.345.678,00`), cells too narrow
/// (`#####`) and formulas that failed (`#REF!`, `#NOM?`).
SpreadsheetDamage FindSpreadsheetDamage(std::string_view input);

}  // namespace limpid::quality
