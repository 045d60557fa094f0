#include "libs/quality/email/address.h"

#include <algorithm>
#include <array>
#include <cstdint>

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

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

/// Spaces and invisible characters beyond ASCII, of which IDNA and NFC let some pass or drop them silently.
Fault FindInvisible(std::string_view part, std::size_t offset) {
  const std::size_t unsafe = text::FindUnsafe(part);
  if (unsafe == std::string_view::npos) return std::nullopt;
  std::size_t next = unsafe;
  const bool space = text::NextKind(part, next) == text::CharKind::kSpace;
  return SyntaxFault{space ? rule::kWhitespace : rule::kControlCharacter, offset + unsafe};
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

/// The local part in NFC. The normal form is read again: U+037E, for one, becomes a semicolon.
Fault NormalizeLocal(std::string_view local, std::string& normalized) {
  if (const Fault fault = FindInvisible(local, 0)) return fault;
  normalized = text::Nfc(local);
  std::size_t end = 0;
  const Fault fault = ScanDotString(normalized, end);
  if (fault && fault->rule != rule::kAtMissing) return SyntaxFault{fault->rule, 0};
  return std::nullopt;
}

ParsedEmail Failed(std::string_view broken, std::size_t position, bool is_mailbox = false) {
  return {.fault = SyntaxFault{broken, position}, .is_mailbox = is_mailbox};
}

/// Faults of text that begins like an address literal: those of RFC 5321 first, then ours.
ParsedEmail ParseLiteral(std::string_view literal, std::size_t offset, bool local_fits) {
  if (const Fault fault = ScanLiteral(literal, offset)) return {.fault = fault};
  return Failed(rule::kDomainLiteral, offset, local_fits);
}

}  // namespace

ParsedEmail ParseEmail(std::string_view input) {
  if (input.empty()) return Failed(rule::kEmpty, 0);
  if (input.size() > kMaxInput) return Failed(rule::kAddressTooLong, kMaxAddress);
  const bool ascii_input = text::IsAscii(input);
  if (!ascii_input && !text::IsValidUtf8(input)) {
    std::size_t good = 0;
    while (good < input.size() && text::IsValidUtf8(input.substr(0, good + 1))) ++good;
    return Failed(rule::kInvalidUtf8, good);
  }

  const bool quoted = input[0] == '"';
  std::size_t at = 0;
  if (const Fault fault = quoted ? ScanQuotedString(input, at) : ScanDotString(input, at)) {
    return {.fault = fault};
  }
  const std::string_view local = input.substr(0, at);
  const std::string_view domain = input.substr(at + 1);
  const bool local_fits = local.size() <= kMaxLocal;
  if (!domain.empty() && domain[0] == '[') return ParseLiteral(domain, at + 1, local_fits);

  DomainShape shape;
  if (const Fault fault = ScanDomain(domain, at + 1, shape)) return {.fault = fault};
  EmailAddress address;
  if (shape.needs_idna) {
    if (const Fault fault = MapDomain(domain, at + 1, shape, address.domain)) return {.fault = fault};
    shape.needs_idna = true;
  } else {
    address.domain = shape.upper_case ? LowerAscii(domain) : std::string(domain);
  }
  if (address.domain.size() > kMaxDomain) return Failed(rule::kDomainTooLong, at + 1 + kMaxDomain);

  std::string normal_local;
  address.needs_smtputf8 = !ascii_input && !text::IsAscii(local);
  if (address.needs_smtputf8 && !quoted) {
    if (const Fault fault = NormalizeLocal(local, normal_local)) return {.fault = fault};
  } else {
    normal_local = local;
  }
  if (normal_local.size() > kMaxLocal) return Failed(rule::kLocalPartTooLong, kMaxLocal);

  address.local_size = normal_local.size();
  address.normalized = std::move(normal_local);
  address.normalized.push_back('@');
  if (!address.needs_smtputf8) address.ascii.reserve(at + 1 + address.domain.size());
  if (!address.needs_smtputf8) address.ascii.append(address.normalized).append(address.domain);
  address.normalized.append(shape.needs_idna ? ToUnicodeDomain(address.domain) : address.domain);
  // Whichever form comes to be sent must fit: as typed, normal, or with A-labels.
  const std::size_t longest =
      std::max({input.size(), address.normalized.size(), address.local_size + 1 + address.domain.size()});
  if (longest > kMaxAddress) return Failed(rule::kAddressTooLong, kMaxAddress);

  if (quoted) return Failed(rule::kLocalPartQuoted, 0, true);
  if (!shape.has_dot) return Failed(rule::kDomainWithoutDot, at + 1, true);
  if (shape.numeric_tld) return Failed(rule::kDomainNumeric, input.rfind('.') + 1, true);
  return {.address = std::move(address), .is_mailbox = true};
}

}  // namespace limpid::quality
