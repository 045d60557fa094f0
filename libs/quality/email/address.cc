#include "libs/quality/email/address.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <arpa/inet.h>

#include "libs/base/strings.h"
#include "libs/quality/email/idna.h"
#include "libs/quality/reasons.h"
#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

namespace rule = email_syntax;

constexpr std::size_t kMaxAddress = 254;
constexpr std::size_t kMaxLocal = 64;
constexpr std::size_t kMaxDomain = 253;
constexpr std::size_t kMaxLabel = 63;
/// Unicode shrinks at most to a quarter when it becomes A-labels; what is longer is not read at all.
constexpr std::size_t kMaxInput = 4 * kMaxAddress;

enum CharClass : uint8_t { kAtext = 1, kLetDig = 2, kWhite = 4, kControl = 8, kBeyondAscii = 16 };

constexpr std::array<uint8_t, 256> BuildClasses() {
  std::array<uint8_t, 256> classes{};
  for (int c = 0; c < 256; ++c) {
    if (c < 0x20 || c == 0x7F) classes[c] = kControl;
    if (c >= 0x80) classes[c] = kBeyondAscii;
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      classes[c] = kAtext | kLetDig;
    }
  }
  for (const char c : {' ', '\t', '\r', '\n'}) classes[static_cast<unsigned char>(c)] = kWhite;
  for (const char c : std::string_view("!#$%&'*+-/=?^_`{|}~"))
    classes[static_cast<unsigned char>(c)] = kAtext;
  return classes;
}

constexpr std::array<uint8_t, 256> kClasses = BuildClasses();

bool Is(char c, int char_class) { return (kClasses[static_cast<unsigned char>(c)] & char_class) != 0; }

/// The rule for a byte that may not stand where it does, as exactly as the byte itself tells.
std::string_view RuleFor(char c, std::string_view otherwise) {
  if (Is(c, kWhite)) return rule::kWhitespace;
  if (Is(c, kControl)) return rule::kControlCharacter;
  if (c == '(' || c == ')') return rule::kComment;
  if (c == '<' || c == '>') return rule::kDisplayName;
  return otherwise;
}

using Fault = std::optional<SyntaxFault>;

/// A dot-string (RFC 5321) with the characters of RFC 6531. Stops at the @ or the end; `end` is where.
Fault ScanDotString(std::string_view text, std::size_t& end) {
  std::size_t i = 0;
  bool after_dot = true;
  for (; i < text.size() && text[i] != '@'; ++i) {
    if (text[i] == '.') {
      if (after_dot) return SyntaxFault{i == 0 ? rule::kLocalPartDotAtStart : rule::kLocalPartDotRepeated, i};
      after_dot = true;
    } else if (Is(text[i], kAtext | kBeyondAscii)) {
      after_dot = false;
    } else if (text[i] == '"') {
      return SyntaxFault{rule::kQuoteMisplaced, i};
    } else {
      return SyntaxFault{RuleFor(text[i], rule::kLocalPartCharacter), i};
    }
  }
  end = i;
  if (i == 0) return SyntaxFault{i == text.size() ? rule::kEmpty : rule::kLocalPartMissing, 0};
  if (i == text.size()) return SyntaxFault{rule::kAtMissing, i};
  if (after_dot) return SyntaxFault{rule::kLocalPartDotAtEnd, i - 1};
  return std::nullopt;
}

/// A quoted-string with its quotation marks; `end` is where the @ stands.
Fault ScanQuotedString(std::string_view text, std::size_t& end) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    char c = text[i];
    if (c == '"') {
      end = i + 1;
      if (end == text.size()) return SyntaxFault{rule::kAtMissing, end};
      if (text[end] != '@') return SyntaxFault{rule::kQuoteMisplaced, end};
      return std::nullopt;
    }
    if (c == '\\') {
      if (++i == text.size()) break;
      c = text[i];
      if (Is(c, kBeyondAscii)) return SyntaxFault{rule::kQuoteCharacter, i};
    }
    const bool white = Is(c, kWhite) && c != ' ';
    if (white || Is(c, kControl)) return SyntaxFault{rule::kQuoteCharacter, i};
  }
  return SyntaxFault{rule::kQuoteUnclosed, 0};
}

bool IsIpv4(std::string_view text) {
  int groups = 0;
  for (std::size_t i = 0;; ++i) {
    int value = 0;
    std::size_t digits = 0;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9' && digits < 4; ++i, ++digits) {
      value = value * 10 + (text[i] - '0');
    }
    if (digits == 0 || digits > 3 || value > 255) return false;
    ++groups;
    if (i == text.size()) return groups == 4;
    if (text[i] != '.' || groups == 4) return false;
  }
}

/// RFC 5321 §4.1.3: at most one `::`, which stands for two groups or more.
bool IsIpv6(std::string_view text) {
  int groups = 0;
  bool elided = false;
  std::size_t i = 0;
  if (text.substr(0, 2) == "::") {
    elided = true;
    i = 2;
  }
  while (i < text.size()) {
    std::size_t j = i;
    while (j < text.size() && text[j] != ':') ++j;
    const std::string_view group = text.substr(i, j - i);
    if (group.find('.') != std::string_view::npos) {
      if (j != text.size() || !IsIpv4(group)) return false;
      groups += 2;
      break;
    }
    const bool hex = std::all_of(group.begin(), group.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (group.empty() || group.size() > 4 || !hex) return false;
    ++groups;
    if (j == text.size()) break;
    i = j + 1;
    if (i == text.size()) return false;
    if (text[i] == ':') {
      if (elided) return false;
      elided = true;
      ++i;
    }
  }
  return elided ? groups <= 6 : groups == 8;
}

/// `[` … `]` at the end of the text. IPv4 and IPv6 only: no other tag was ever registered.
Fault ScanLiteral(std::string_view literal, std::size_t offset) {
  const std::string_view inside = literal.substr(1, literal.size() - 2);
  constexpr std::string_view kTag = "ipv6:";
  const bool tagged =
      inside.size() > kTag.size() && std::equal(kTag.begin(), kTag.end(), inside.begin(), [](char a, char b) {
        return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
      });
  const bool valid = literal.back() == ']' && literal.size() > 2 &&
                     (tagged ? IsIpv6(inside.substr(kTag.size())) : IsIpv4(inside));
  if (!valid) return SyntaxFault{rule::kDomainLiteralInvalid, offset};
  return std::nullopt;
}

/// The one spelling of an address: IPv6 by RFC 5952.
std::string CanonicalLiteral(std::string_view literal) {
  const std::size_t colon = literal.find(':');
  if (colon == std::string_view::npos) return std::string(literal);
  const std::string typed(literal.substr(colon + 1, literal.size() - colon - 2));
  in6_addr bits{};
  char canonical[INET6_ADDRSTRLEN];
  if (inet_pton(AF_INET6, typed.c_str(), &bits) != 1) return std::string(literal);
  inet_ntop(AF_INET6, &bits, canonical, sizeof(canonical));
  return StrCat("[IPv6:", canonical, "]");
}

/// What the labels of a domain of letters, digits and hyphens showed besides faults.
struct DomainShape {
  bool needs_idna = false;
  bool has_dot = false;
  bool upper_case = false;
  bool numeric_tld = false;
};

Fault CheckLabel(std::string_view label, std::size_t offset, DomainShape& shape) {
  const bool beyond_ascii = shape.needs_idna;
  if (label.front() == '-') return SyntaxFault{rule::kLabelHyphenAtStart, offset};
  if (label.back() == '-') return SyntaxFault{rule::kLabelHyphenAtEnd, offset + label.size() - 1};
  if (!beyond_ascii && label.size() > kMaxLabel) return SyntaxFault{rule::kLabelTooLong, offset + kMaxLabel};
  if (label.size() >= 4 && label[2] == '-' && label[3] == '-') {
    const bool a_label = (label[0] == 'x' || label[0] == 'X') && (label[1] == 'n' || label[1] == 'N');
    if (!a_label) return SyntaxFault{rule::kLabelHyphens, offset + 2};
    shape.needs_idna = true;
  }
  return std::nullopt;
}

/// Reads labels parted by dots. Characters beyond ASCII pass here: IDNA judges them.
Fault ScanDomain(std::string_view domain, std::size_t offset, DomainShape& shape) {
  if (domain.empty()) return SyntaxFault{rule::kDomainMissing, offset};
  std::size_t label_start = 0;
  bool digits_only = true;
  for (std::size_t i = 0; i <= domain.size(); ++i) {
    if (i == domain.size() || domain[i] == '.') {
      if (i == label_start) {
        if (i == 0) return SyntaxFault{rule::kDomainDotAtStart, offset};
        const bool at_end = i == domain.size();
        return SyntaxFault{at_end ? rule::kDomainDotAtEnd : rule::kDomainDotRepeated, offset + i - at_end};
      }
      const std::string_view label = domain.substr(label_start, i - label_start);
      if (Fault fault = CheckLabel(label, offset + label_start, shape)) return fault;
      shape.numeric_tld = digits_only;
      if (i < domain.size()) shape.has_dot = true;
      label_start = i + 1;
      digits_only = true;
      continue;
    }
    const char c = domain[i];
    if (Is(c, kLetDig)) {
      shape.upper_case |= c >= 'A' && c <= 'Z';
      digits_only &= c >= '0' && c <= '9';
    } else if (c == '-') {
      digits_only = false;
    } else if (Is(c, kBeyondAscii)) {
      shape.needs_idna = true;
      digits_only = false;
    } else if (c == '@') {
      return SyntaxFault{rule::kAtRepeated, offset + i};
    } else {
      return SyntaxFault{RuleFor(c, rule::kDomainCharacter), offset + i};
    }
  }
  return std::nullopt;
}

void LowerAscii(std::string& text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] >= 'A' && text[i] <= 'Z') text[i] = static_cast<char>(text[i] + 32);
  }
}

std::size_t FirstInvalidByte(std::string_view text) {
  std::size_t good = 0;
  while (good < text.size() && text::IsValidUtf8(text.substr(0, good + 1))) ++good;
  return good;
}

/// Spaces and invisible characters beyond ASCII, of which IDNA and NFC let some pass or drop them silently,
/// and a combining mark with nothing to combine with.
Fault FindInvisible(std::string_view part, std::size_t offset) {
  for (std::size_t i = 0; i < part.size();) {
    const std::size_t begin = i;
    if (!Is(part[begin], kBeyondAscii)) {
      ++i;
      continue;
    }
    const text::CharKind kind = text::NextKind(part, i);
    if (kind == text::CharKind::kSpace) return SyntaxFault{rule::kWhitespace, offset + begin};
    if (kind == text::CharKind::kInvisible || (kind == text::CharKind::kMark && begin == 0)) {
      return SyntaxFault{rule::kControlCharacter, offset + begin};
    }
  }
  return std::nullopt;
}

/// Turns the domain into A-labels and reads those again: the mapping can bring dots, hyphens and signs to
/// light.
Fault MapDomain(std::string_view domain, std::size_t offset, DomainShape& shape, std::string& ascii) {
  if (const Fault fault = FindInvisible(domain, offset)) return fault;
  std::optional<std::string> mapped = ToAsciiDomain(domain);
  if (!mapped) return SyntaxFault{rule::kDomainNotIdna, offset};
  shape = {};
  if (Fault fault = ScanDomain(*mapped, offset, shape)) {
    fault->position = offset;
    return fault;
  }
  ascii = *std::move(mapped);
  return std::nullopt;
}

/// The content of a quoted-string without backslashes.
std::string Unquoted(std::string_view quoted) {
  std::string content;
  const std::string_view inside = quoted.substr(1, quoted.size() - 2);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\') ++i;
    content.push_back(inside[i]);
  }
  return content;
}

/// RFC 5321 §4.1.2: of the ways to quote one local part the simplest is to be used, and they all mean the
/// same mailbox.
std::string SimplestQuoting(std::string_view quoted) {
  std::string content = Unquoted(quoted);
  std::size_t end = 0;
  const Fault fault = ScanDotString(content, end);
  if (fault && fault->rule == rule::kAtMissing && content.back() != '.') return content;
  std::string simplest = "\"";
  for (const char c : content) {
    if (c == '"' || c == '\\') simplest.push_back('\\');
    simplest.push_back(c);
  }
  simplest.push_back('"');
  return simplest;
}

/// Writes the local part in its normal form: NFC, in the simplest quoting. NFC is read again: U+037E, for
/// one, becomes a semicolon.
Fault NormalizeLocal(std::string_view local, EmailAddress& address) {
  if (local.front() == '"') {
    if (local.size() > kMaxLocal) return SyntaxFault{rule::kLocalPartTooLong, kMaxLocal};
    if (const Fault fault = FindInvisible(local.substr(1), 1)) return fault;
    address.normalized = SimplestQuoting(text::Nfc(local));
    address.needs_smtputf8 = !text::IsAscii(local);
  } else if (text::IsAscii(local)) {
    address.normalized.append(local);
  } else {
    if (const Fault fault = FindInvisible(local, 0)) return fault;
    address.normalized = text::Nfc(local);
    address.needs_smtputf8 = true;
    std::size_t end = 0;
    const Fault fault = ScanDotString(address.normalized, end);
    if (fault && fault->rule != rule::kAtMissing) return SyntaxFault{fault->rule, 0};
  }
  address.local_size = address.normalized.size();
  return std::nullopt;
}

ParsedEmail Failed(std::string_view broken, std::size_t position, bool is_mailbox = false) {
  return {.fault = SyntaxFault{broken, position}, .is_mailbox = is_mailbox};
}

/// Local part and address literal, admitted or not. Faults of RFC 5321 come first, then ours.
ParsedEmail ParseLiteral(std::string_view local, std::string_view literal, const SyntaxOptions& options) {
  const std::size_t offset = local.size() + 1;
  if (const Fault fault = ScanLiteral(literal, offset)) return {.fault = fault};
  const bool local_fits = local.size() <= kMaxLocal;
  if (!options.admit_quoted) return Failed(rule::kDomainLiteral, offset, local_fits);
  if (!local_fits) return Failed(rule::kLocalPartTooLong, kMaxLocal);
  EmailAddress address{.is_literal = true};
  if (const Fault fault = NormalizeLocal(local, address)) return {.fault = fault};
  address.normalized.append("@").append(CanonicalLiteral(literal));
  return {.address = std::move(address), .is_mailbox = true};
}

}  // namespace

std::string_view EmailAddress::domain() const {
  if (!a_labels.empty()) return a_labels;
  return empty() ? std::string_view() : std::string_view(normalized).substr(local_size + 1);
}

std::string EmailAddress::ascii() const {
  if (empty() || needs_smtputf8) return {};
  return StrCat(local(), "@", domain());
}

ParsedEmail ParseEmail(std::string_view input, const SyntaxOptions& options) {
  if (input.empty()) return Failed(rule::kEmpty, 0);
  if (input.size() > kMaxInput) return Failed(rule::kAddressTooLong, kMaxAddress);
  const bool ascii = text::IsAscii(input);
  if (!ascii && !text::IsValidUtf8(input)) {
    return Failed(rule::kInvalidUtf8, FirstInvalidByte(input));
  }

  const bool quoted = input[0] == '"';
  std::size_t at = 0;
  if (const Fault fault = quoted ? ScanQuotedString(input, at) : ScanDotString(input, at)) {
    return {.fault = fault};
  }
  const std::string_view local = input.substr(0, at);
  const std::string_view domain = input.substr(at + 1);
  if (!domain.empty() && domain[0] == '[') return ParseLiteral(local, domain, options);

  DomainShape shape;
  if (const Fault fault = ScanDomain(domain, at + 1, shape)) return {.fault = fault};
  EmailAddress address;
  const bool international = shape.needs_idna;
  if (international) {
    if (const Fault fault = MapDomain(domain, at + 1, shape, address.a_labels)) return {.fault = fault};
  }
  const std::size_t domain_size = international ? address.a_labels.size() : domain.size();
  if (domain_size > kMaxDomain) return Failed(rule::kDomainTooLong, at + 1 + kMaxDomain);
  if (!international && !quoted && ascii) {
    address.normalized = input;
    address.local_size = at;
    if (shape.upper_case) LowerAscii(address.normalized, at + 1);
  } else {
    if (const Fault fault = NormalizeLocal(local, address)) return {.fault = fault};
    address.normalized.push_back('@');
    address.normalized.append(international ? ToUnicodeDomain(address.a_labels) : std::string(domain));
    LowerAscii(address.normalized, address.local_size + 1);
  }
  if (address.local_size > kMaxLocal) return Failed(rule::kLocalPartTooLong, kMaxLocal);
  // Whichever form comes to be sent must fit: as typed, normal, or with A-labels.
  const std::size_t longest =
      std::max({input.size(), address.normalized.size(), address.local_size + 1 + domain_size});
  if (longest > kMaxAddress) return Failed(rule::kAddressTooLong, kMaxAddress);

  if (quoted && !options.admit_quoted) return Failed(rule::kLocalPartQuoted, 0, true);
  if (!shape.has_dot) return Failed(rule::kDomainWithoutDot, at + 1, true);
  if (shape.numeric_tld) return Failed(rule::kDomainNumeric, input.rfind('.') + 1, true);
  return {.address = std::move(address), .is_mailbox = true};
}

}  // namespace limpid::quality
