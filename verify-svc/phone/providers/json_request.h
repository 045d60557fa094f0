#pragma once

#include <span>
#include <string>

#include "libs/http/client.h"
#include "verify-svc/domain/number.h"

namespace limpid::verify {

/// A POST of JSON, with `headers` beside those that say so.
http::FetchRequest PostJson(std::string url, std::string body, http::Headers headers);
http::FetchRequest GetJson(std::string url, http::Headers headers);
/// `["33612345678","33612345679"]`.
std::string DigitsList(std::span<const NumberQuestion> numbers);
/// `Basic …` for a name and a password (RFC 7617).
std::string BasicCredentials(const std::string& name, const std::string& password);

}  // namespace limpid::verify
