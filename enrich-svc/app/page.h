#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

/// Pages of lists: sizes and tokens (AIP-158).
namespace limpid::enrich {

/// How many rows a page has: 50 when not given (0), at most 1,000; negative is INVALID_ARGUMENT.
absl::StatusOr<size_t> PageLimit(int page_size);

/// An opaque token that says where the next page of a list begins. `list` is the list with all its arguments,
/// so that a token serves no other list.
std::string MakePageToken(std::string_view list, std::string_view position);
/// The position in the token, empty without a token. INVALID_ARGUMENT for a token that is not of this list.
absl::StatusOr<std::string> ReadPageToken(std::string_view list, std::string_view token);
/// INVALID_ARGUMENT (PAGE_TOKEN_INVALID).
absl::Status PageTokenInvalid();

}  // namespace limpid::enrich
