#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What is done to the text of replies before anybody reads it.
namespace limpid::verify {

/// The words of a reply as the rules match them: lower case, without accents, punctuation, URLs, and codes
/// that stand between the lines of a long reply. An address becomes `@`, an empty one (`<>`, or nothing
/// before a colon) `<>`.
std::vector<std::string> ReplyWords(std::string_view text);

/// The text with every address masked (`***@example.org`), and every other mention of `local_part`, which
/// servers repeat without its domain. At most 512 bytes, valid UTF-8 whatever came in.
std::string MaskedReplyText(std::string_view text, std::string_view local_part);

}  // namespace limpid::verify
