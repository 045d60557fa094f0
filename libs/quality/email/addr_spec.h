#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace limpid::quality {

/// Reads an addr-spec of RFC 5322 §3.4.1 with all that a message header admits and no envelope carries:
/// comments, folding white space, quoted atoms, and the obsolete forms of §4.4; characters beyond ASCII by
/// RFC 6532. Answers the address without comments and white space, absent when the text is no addr-spec.
/// Lengths are not judged.
std::optional<std::string> BareAddrSpec(std::string_view text);

}  // namespace limpid::quality
