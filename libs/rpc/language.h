#pragma once

#include <string>
#include <string_view>

namespace limpid::rpc {

/// The language of those we speak (`fr`, `en`) that an `Accept-Language` header likes best (RFC 9110
/// §12.5.4); empty when it names none.
std::string PreferredLanguage(std::string_view accept_language);

}  // namespace limpid::rpc
