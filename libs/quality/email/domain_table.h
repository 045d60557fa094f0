#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"

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
};

/// Domain names with marks: one open-addressing table over one arena of names, so that a hundred thousand
/// domains take a few megabytes and a look-up touches two cache lines. Filled once, then only read; reading
/// is thread-safe.
class DomainTable {
 public:
  /// Makes room for `domains` entries. Call once, first.
  explicit DomainTable(std::size_t domains = 0);

  /// Adds marks to a domain of A-labels in lower case. Names longer than a domain can be are ignored.
  void Mark(std::string_view domain, uint16_t marks);
  void Unmark(std::string_view domain, uint16_t marks);

  uint16_t Find(std::string_view domain) const;

  /// The marks of a domain and of each of its parents, found in one pass.
  struct Chain {
    struct Link {
      std::string_view domain;
      uint16_t marks;
    };
    /// The domain first, the top-level domain last: `a.b.fr`, `b.fr`, `fr`.
    absl::InlinedVector<Link, 6> links;

    /// Of the domain itself.
    uint16_t OwnMarks() const { return links.empty() ? uint16_t{0} : links.front().marks; }
    uint16_t AnyMarks() const;
    /// The longest of them that bears one of the marks; empty where none does.
    std::string_view FindMarked(uint16_t marks) const;
    /// The public suffix by the rules of publicsuffix.org; the top-level domain where no rule holds.
    std::string_view PublicSuffix() const;
    /// One label more than the public suffix; empty for a public suffix itself.
    std::string_view RegistrableDomain() const;
  };
  Chain FindChain(std::string_view domain) const;

  std::size_t size() const { return size_; }
  std::size_t MemoryBytes() const;

  /// Calls `use(domain, marks)` for each entry, in no order.
  template <class Use>
  void ForEach(Use use) const {
    for (const Slot& slot : slots_) {
      if (slot.size != 0) use(NameOf(slot), slot.marks);
    }
  }

 private:
  struct Slot {
    uint32_t hash = 0;
    uint32_t offset = 0;
    uint16_t size = 0;
    uint16_t marks = 0;
  };
  std::string_view NameOf(const Slot& slot) const { return {arena_.data() + slot.offset, slot.size}; }
  std::size_t SlotFor(std::string_view domain, uint32_t hash) const;
  void Grow(std::size_t slots);

  std::vector<Slot> slots_;
  std::string arena_;
  std::size_t size_ = 0;
};

}  // namespace limpid::quality
