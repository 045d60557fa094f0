#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::quality {

/// Hashes from the last byte to the first, so that the hashes of all parents of a domain fall out on the way.
class BackwardHash {
 public:
  void Add(char c) { state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL; }
  uint32_t Value() const {
    const uint64_t mixed = (state_ ^ (state_ >> 29)) * 0xBF58476D1CE4E5B9ULL;
    return static_cast<uint32_t>(mixed >> 32);
  }
  static uint32_t Of(std::string_view name);

 private:
  uint64_t state_ = 0xCBF29CE484222325ULL;
};

/// Names with marks, one bit for each thing that is said of a name: an open-addressing table over one arena
/// of names, so that a hundred thousand of them take a few megabytes and a look-up touches two cache lines.
/// Only a view: the memory, often a mapped file, outlives it. Immutable; thread-safe.
class NameTable {
 public:
  /// A slot of the table; free when `size` is 0. Written to files as it is.
  struct Slot {
    uint32_t hash = 0;
    uint32_t offset = 0;
    uint16_t size = 0;
    uint16_t marks = 0;
  };

  /// Knows no name.
  NameTable();
  /// IsSound() must hold for the memory.
  NameTable(std::span<const Slot> slots, std::string_view names) : slots_(slots), names_(names) {}
  /// Whether memory from outside can be searched: every name lies inside `names`, and the number of slots is
  /// a power of two of which enough are free for every search to end soon.
  static bool IsSound(std::span<const Slot> slots, std::string_view names);

  /// The marks of a name; 0 for one that is not there.
  uint16_t Find(std::string_view name) const { return FindHashed(name, BackwardHash::Of(name)); }
  /// The same, where the hash is known.
  uint16_t FindHashed(std::string_view name, uint32_t hash) const;

  /// Calls `use(name, marks)` for each entry, in no order.
  template <class Use>
  void ForEach(Use use) const {
    for (const Slot& slot : slots_) {
      if (slot.size != 0) use(names_.substr(slot.offset, slot.size), slot.marks);
    }
  }

 private:
  std::span<const Slot> slots_;
  std::string_view names_;
};

/// Collects names for a NameTable.
class NameTableBuilder {
 public:
  /// Makes room for `names` entries.
  explicit NameTableBuilder(std::size_t names = 0);

  /// Adds marks to a name. Empty names and those longer than a domain can be (253) are ignored.
  void Mark(std::string_view name, uint16_t marks);
  void Unmark(std::string_view name, uint16_t marks);

  std::size_t size() const { return size_; }
  /// A view of what was collected; until the next change.
  NameTable View() const { return {slots_, names_}; }
  std::span<const NameTable::Slot> slots() const { return slots_; }
  std::string_view names() const { return names_; }

 private:
  std::size_t SlotFor(std::string_view name, uint32_t hash) const;
  void Grow(std::size_t slots);

  std::vector<NameTable::Slot> slots_;
  std::string names_;
  std::size_t size_ = 0;
};

}  // namespace limpid::quality
