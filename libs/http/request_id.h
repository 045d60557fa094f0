#pragma once

#include <string>
#include <string_view>

#include "libs/http/message.h"

namespace limpid::http {

/// Whether a caller's id is kept: `[A-Za-z0-9._-]{1,64}`. Anything else could forge log lines or headers.
bool IsRequestId(std::string_view text);

/// A new id, 128 random bits in hex. Not a secret.
std::string NewRequestId();

/// The request's `X-Request-Id` where it may be kept, else a new one.
std::string RequestIdOf(const Request& request);

}  // namespace limpid::http
