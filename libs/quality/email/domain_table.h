#pragma once

#include <cstdint>
#include <string_view>

#include "absl/container/inlined_vector.h"

#include "libs/quality/email/name_table.h"

namespace limpid::quality {

/// What a list says of a domain. Bits, because several lists may speak of one domain.
enum DomainMark : uint16_t {
  kMarkDisposable = 1 << 0,
  kMarkAllowed = 1 << 1,  ///< Outranks every list that calls the domain disposable.
  kMarkAliasRelay = 1 << 2,
  kMarkFree = 1 << 3,
  kMarkProvider = 1 << 4,  ///< A mailbox provider that people mean when they mistype.
  kMarkReal = 1 << 5,      ///< Known to be meant as typed, though it looks like a slip.
  kMarkReserved = 1 << 6,
  kMarkSuffix = 1 << 7,          ///< A public suffix: nobody's own domain.
  kMarkSuffixWildcard = 1 << 8,  ///< Every direct child is a public suffix (`*.ck`).
  kMarkSuffixException = 1 << 9,
  kMarkSlip = 1 << 10,  ///< Listed as a slip of another domain.
};

/// A NameTable of domains: A-labels in lower case.
class DomainTable : public NameTable {
 public:
  using NameTable::NameTable;
  explicit DomainTable(const NameTable& names) : NameTable(names) {}

  /// The marks of a domain and of each of its parents, found in one pass.
  struct Chain {
    struct Link {
      std::string_view domain;
      uint16_t marks;
    };
    /// The domain first, the top-level domain last: `a.b.fr`, `b.fr`, `fr`.
    absl::InlinedVector<Link, 6> links;
    uint16_t any_marks = 0;  ///< Of all of them together.

    /// Of the domain itself.
    uint16_t OwnMarks() const { return links.empty() ? uint16_t{0} : links.front().marks; }
    uint16_t AnyMarks() const { return any_marks; }
    /// The longest of them that bears one of the marks; empty where none does.
    std::string_view FindMarked(uint16_t marks) const;
    /// The public suffix by the rules of publicsuffix.org; the top-level domain where no rule holds.
    std::string_view PublicSuffix() const;
    /// One label more than the public suffix; empty for a public suffix itself.
    std::string_view RegistrableDomain() const;
  };
  Chain FindChain(std::string_view domain) const;
};

}  // namespace limpid::quality
