#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "contact-svc/app/contact_store.h"

namespace limpid::contact {

/// The number of rows to give: 50 for 0, at most 1,000; INVALID_ARGUMENT at `page_size` for a negative one.
absl::StatusOr<int> PageSize(int asked);

/// What resumes a list of these arguments after `end`. Opaque, and of no use with other arguments.
std::string PageTokenOf(const PageEnd& end, std::initializer_list<std::string_view> arguments);

/// The way back: absent for an empty token, INVALID_ARGUMENT (PAGE_TOKEN_INVALID) for one that is not of this
/// list.
absl::StatusOr<std::optional<PageEnd>> ReadPageToken(std::string_view token,
                                                     std::initializer_list<std::string_view> arguments);

}  // namespace limpid::contact
