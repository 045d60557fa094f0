#include "libs/quality/email/domain_table.h"

#include <algorithm>
#include <bit>

namespace limpid::quality {
namespace {

/// Hashes from the last byte to the first, so that the hashes of all parents fall out on the way.
class BackwardHash {
 public:
  void Add(char c) { state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL; }
  uint32_t Value() const {
    const uint64_t mixed = (state_ ^ (state_ >> 29)) * 0xBF58476D1CE4E5B9ULL;
    return static_cast<uint32_t>(mixed >> 32);
  }

 private:
  uint64_t state_ = 0xCBF29CE484222325ULL;
};

uint32_t HashOf(std::string_view domain) {
  BackwardHash hash;
  for (std::size_t i = domain.size(); i-- > 0;) hash.Add(domain[i]);
  return hash.Value();
}

constexpr std::size_t kMaxDomain = 253;
constexpr std::size_t kMeanName = 16;

}  // namespace

DomainTable::DomainTable(std::size_t domains) {
  Grow(std::bit_ceil(std::max<std::size_t>(16, domains + domains / 2)));
  arena_.reserve(domains * kMeanName);
}

void DomainTable::Grow(std::size_t slots) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.size != 0) slots_[SlotFor(NameOf(slot), slot.hash)] = slot;
  }
}

std::size_t DomainTable::SlotFor(std::string_view domain, uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash & mask;
  while (slots_[i].size != 0 && (slots_[i].hash != hash || NameOf(slots_[i]) != domain)) i = (i + 1) & mask;
  return i;
}

void DomainTable::Mark(std::string_view domain, uint16_t marks) {
  if (domain.empty() || domain.size() > kMaxDomain) return;
  if ((size_ + 1) * 4 > slots_.size() * 3) Grow(slots_.size() * 2);
  const uint32_t hash = HashOf(domain);
  Slot& slot = slots_[SlotFor(domain, hash)];
  if (slot.size == 0) {
    slot = {hash, static_cast<uint32_t>(arena_.size()), static_cast<uint16_t>(domain.size()), 0};
    arena_.append(domain);
    ++size_;
  }
  slot.marks |= marks;
}

void DomainTable::Unmark(std::string_view domain, uint16_t marks) {
  Slot& slot = slots_[SlotFor(domain, HashOf(domain))];
  if (slot.size != 0) slot.marks &= static_cast<uint16_t>(~marks);
}

uint16_t DomainTable::Find(std::string_view domain) const {
  return domain.empty() ? uint16_t{0} : slots_[SlotFor(domain, HashOf(domain))].marks;
}

DomainTable::Chain DomainTable::FindChain(std::string_view domain) const {
  Chain chain;
  BackwardHash hash;
  for (std::size_t i = domain.size(); i-- > 0;) {
    hash.Add(domain[i]);
    if (i == 0 || domain[i - 1] == '.') {
      const std::string_view parent = domain.substr(i);
      const uint16_t marks = slots_[SlotFor(parent, hash.Value())].marks;
      chain.links.push_back({parent, marks});
    }
  }
  std::reverse(chain.links.begin(), chain.links.end());
  return chain;
}

std::size_t DomainTable::MemoryBytes() const { return slots_.capacity() * sizeof(Slot) + arena_.capacity(); }

uint16_t DomainTable::Chain::AnyMarks() const {
  uint16_t marks = 0;
  for (const Link& link : links) marks |= link.marks;
  return marks;
}

std::string_view DomainTable::Chain::FindMarked(uint16_t marks) const {
  for (const Link& link : links) {
    if (link.marks & marks) return link.domain;
  }
  return {};
}

std::string_view DomainTable::Chain::PublicSuffix() const {
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (links[i].marks & kMarkSuffixException)
      return i + 1 < links.size() ? links[i + 1].domain : links[i].domain;
    if (links[i].marks & kMarkSuffix) return links[i].domain;
    if (i + 1 < links.size() && (links[i + 1].marks & kMarkSuffixWildcard)) return links[i].domain;
  }
  return links.empty() ? std::string_view() : links.back().domain;
}

std::string_view DomainTable::Chain::RegistrableDomain() const {
  const std::string_view suffix = PublicSuffix();
  for (std::size_t i = 0; i + 1 < links.size(); ++i) {
    if (links[i + 1].domain == suffix) return links[i].domain;
  }
  return {};
}

}  // namespace limpid::quality
