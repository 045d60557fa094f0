#pragma once

#include <string>
#include <string_view>

namespace limpid {

/// Whether a request id from outside may be kept: `[A-Za-z0-9._-]{1,64}`.
bool IsRequestId(std::string_view text);

/// A new request id: 16 hexadecimal digits, unique in practice and no secret.
std::string NewRequestId();

}  // namespace limpid
