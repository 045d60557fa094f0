#pragma once

#include <string>
#include <string_view>

#include "libs/quality/email/address.h"

namespace limpid::quality {

/// The local part without its `+tag`. One that is nothing but a tag is left alone.
std::string_view WithoutTag(std::string_view local);

/// Equal for the spellings that reach one mailbox: case, tags and, where Google runs the mailbox, dots and
/// the domain `googlemail.com`. For duplicate search only: a message is never sent to it, because a server
/// may tell the spellings apart. Empty for an empty address.
std::string CanonicalKey(const EmailAddress& address);

}  // namespace limpid::quality
