#pragma once

#include <string>

#include "libs/http/message.h"

namespace limpid::http {

/// The request's `X-Request-Id` where it may be kept, else a new one.
std::string RequestIdOf(const Request& request);

}  // namespace limpid::http
