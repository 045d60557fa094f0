#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "verify-svc/domain/number.h"

/// The facts of a number as bytes, for the cache and the store. Holds neither the number nor a price.
namespace limpid::verify {

std::string WriteRecord(const NumberFacts& facts);
/// Nothing for bytes that WriteRecord of this version did not make.
std::optional<NumberFacts> ReadRecord(std::string_view record);

}  // namespace limpid::verify
