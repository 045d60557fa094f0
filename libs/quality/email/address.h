#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace limpid::quality {

/// An address in its normal forms. One string holds them all, unless the domain is international.
struct EmailAddress {
  std::string normalized;  ///< Local part in NFC, domain in lower-case Unicode.
  std::string a_labels;    ///< The domain as A-labels where `normalized` has it in Unicode; else empty.
  std::size_t local_size = 0;
  bool needs_smtputf8 = false;
  bool is_literal = false;  ///< The domain is an IP address in brackets: there is no DNS to ask.

  bool empty() const { return normalized.empty(); }
  std::string_view local() const { return std::string_view(normalized).substr(0, local_size); }
  /// A-labels in lower case, what DNS is asked for; an address literal with its brackets.
  std::string_view domain() const;
  /// What goes into RCPT TO without SMTPUTF8: A-labels behind the local part; empty when that is not ASCII.
  std::string ascii() const;
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

struct SyntaxOptions {
  /// Quoted local parts and address literals are addresses like others. Their normal form has no quotation
  /// marks and no backslash that it can do without.
  bool admit_quoted = false;
};

/// Reads one address by RFC 5321 and RFC 6531, in one pass over the bytes, with domains by IDNA 2008 (UTS 46,
/// non-transitional). Nothing is repaired: white space or a name around the address is a fault. An address of
/// plain ASCII touches no Unicode library.
ParsedEmail ParseEmail(std::string_view input, const SyntaxOptions& options = {});

}  // namespace limpid::quality
