#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace limpid::quality {

/// An address that a person can have on the internet, in its normal forms.
struct EmailAddress {
  std::string normalized;  ///< Local part in NFC, domain in lower-case Unicode.
  std::string ascii;       ///< The same with A-labels; empty when the local part is not ASCII.
  std::string domain;      ///< A-labels in lower case.
  std::size_t local_size = 0;
  bool needs_smtputf8 = false;

  std::string_view local() const { return std::string_view(normalized).substr(0, local_size); }
};

/// The rule of syntax that is broken first, one of email_syntax, and the byte of the input where.
struct SyntaxFault {
  std::string_view rule;
  std::size_t position = 0;
};

struct ParsedEmail {
  std::optional<EmailAddress> address;  ///< Absent exactly when there is a fault.
  std::optional<SyntaxFault> fault;
  /// Whether the text is a Mailbox of RFC 5321 §4.1.2. Wider than what people have: quoted local parts,
  /// address literals and domains without a dot are Mailboxes too.
  bool is_mailbox = false;
};

/// Reads one address by RFC 5321 and RFC 6531, in one pass over the bytes, with domains by IDNA 2008 (UTS 46,
/// non-transitional). Nothing is repaired: white space or a name around the address is a fault. An address of
/// plain ASCII touches no Unicode library.
ParsedEmail ParseEmail(std::string_view input);

}  // namespace limpid::quality
