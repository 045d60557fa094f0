#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/identity/identity.h"

/// What browsers are told about forms on other sites (Fetch standard, "CORS protocol"). Only methods that
/// admit CAPTURE keys are open to them; no cookie plays a part, so credentials are never allowed.
namespace limpid::gateway {

using CorsHeaders = std::vector<std::pair<std::string, std::string>>;

/// The headers of a 204 answer to a preflight (OPTIONS with Origin and Access-Control-Request-Method). A
/// preflight shows no key, so it is answered for any well-formed origin where `admits_capture` says that the
/// path's method is open to forms; which origins a key is bound to is judged when the key is shown. Else only
/// `Vary`.
CorsHeaders PreflightHeaders(std::string_view origin, std::string_view requested_method, bool admits_capture);

/// The headers of the answer to the call itself. `origin` is empty when the request had none; `identity` is
/// null when the caller was not admitted. The origin is named only when the key is bound to it.
CorsHeaders AnswerHeaders(std::string_view origin, const Identity* identity);

}  // namespace limpid::gateway
