#include "libs/quality/email/name_table.h"

#include <algorithm>
#include <array>
#include <bit>

namespace limpid::quality {
namespace {

constexpr std::size_t kMaxName = 253;
constexpr std::size_t kMeanName = 16;

}  // namespace

uint32_t BackwardHash::Of(std::string_view name) {
  BackwardHash hash;
  for (std::size_t i = name.size(); i-- > 0;) hash.Add(name[i]);
  return hash.Value();
}

NameTable::NameTable() {
  static constexpr std::array<Slot, 1> kNone{};
  slots_ = kNone;
}

bool NameTable::IsSound(std::span<const Slot> slots, std::string_view names) {
  if (!std::has_single_bit(slots.size())) return false;
  std::size_t used = 0;
  for (const Slot& slot : slots) {
    if (slot.size == 0) continue;
    ++used;
    if (slot.size > names.size() || slot.offset > names.size() - slot.size) return false;
  }
  return used * 8 <= slots.size() * 7;
}

uint16_t NameTable::FindHashed(std::string_view name, uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.size == 0) return 0;
    if (slot.hash == hash && names_.substr(slot.offset, slot.size) == name) return slot.marks;
  }
}

NameTableBuilder::NameTableBuilder(std::size_t names) {
  Grow(std::bit_ceil(std::max<std::size_t>(16, names + names / 2)));
  names_.reserve(names * kMeanName);
}

void NameTableBuilder::Grow(std::size_t slots) {
  std::vector<NameTable::Slot> old(slots);
  old.swap(slots_);
  for (const NameTable::Slot& slot : old) {
    if (slot.size != 0) slots_[SlotFor(names().substr(slot.offset, slot.size), slot.hash)] = slot;
  }
}

std::size_t NameTableBuilder::SlotFor(std::string_view name, uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash & mask;
  while (slots_[i].size != 0 &&
         (slots_[i].hash != hash || names().substr(slots_[i].offset, slots_[i].size) != name)) {
    i = (i + 1) & mask;
  }
  return i;
}

void NameTableBuilder::Mark(std::string_view name, uint16_t marks) {
  if (name.empty() || name.size() > kMaxName) return;
  if ((size_ + 1) * 4 > slots_.size() * 3) Grow(slots_.size() * 2);
  const uint32_t hash = BackwardHash::Of(name);
  NameTable::Slot& slot = slots_[SlotFor(name, hash)];
  if (slot.size == 0) {
    slot = {hash, static_cast<uint32_t>(names_.size()), static_cast<uint16_t>(name.size()), 0};
    names_.append(name);
    ++size_;
  }
  slot.marks |= marks;
}

void NameTableBuilder::Unmark(std::string_view name, uint16_t marks) {
  NameTable::Slot& slot = slots_[SlotFor(name, BackwardHash::Of(name))];
  if (slot.size != 0) slot.marks &= static_cast<uint16_t>(~marks);
}

}  // namespace limpid::quality
