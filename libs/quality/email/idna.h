#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace limpid::quality {

/// Domains beyond ASCII by IDNA 2008 with the mapping of UTS 46, non-transitional. libidn2 stays behind this
/// header.

/// A-labels in lower case; absent when a label is not valid. Checks A-labels already there as well.
std::optional<std::string> ToAsciiDomain(std::string_view domain);

/// U-labels of a valid domain of A-labels.
std::string ToUnicodeDomain(const std::string& ascii);

}  // namespace limpid::quality
