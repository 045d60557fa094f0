#include "libs/quality/email/typo_index.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace limpid::quality {
namespace {

/// Longer names are not indexed.
constexpr std::size_t kMaxName = 32;
constexpr std::size_t kMaxProviders = 0x4000;
constexpr uint64_t kBase = 0x9E3779B97F4A7C15ULL;

/// Polynomial hashes of a name and of all its one-letter deletions, each in constant time from prefixes and
/// suffixes. Equal texts hash alike however they came about.
template <class Use>
void ForEachDeletion(std::string_view name, Use use) {
  const auto mixed = [](uint64_t hash) { return static_cast<uint32_t>((hash * kBase) >> 32); };
  std::array<uint64_t, kMaxName + 1> prefix;
  prefix[0] = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    prefix[i + 1] = prefix[i] * kBase + static_cast<unsigned char>(name[i]);
  }
  use(mixed(prefix[name.size()]));
  uint64_t suffix = 0;
  uint64_t power = 1;
  for (std::size_t i = name.size(); i-- > 0;) {
    // A deletion inside a run of equal letters gives the same text as at its start.
    if (i == 0 || name[i] != name[i - 1]) use(mixed(prefix[i] * power + suffix));
    suffix += static_cast<unsigned char>(name[i]) * power;
    power *= kBase;
  }
}

constexpr std::size_t kDistantLength = 7;
constexpr int kDistantWeight = 20;

uint32_t Letters(std::string_view name) {
  uint32_t letters = 0;
  for (const char c : name) letters |= 1U << (static_cast<unsigned char>(c) & 31U);
  return letters;
}

}  // namespace

TypoIndex::TypoIndex(std::vector<Provider> providers) : providers_(std::move(providers)) {
  std::erase_if(providers_, [](const Provider& p) { return p.name.empty() || p.name.size() > kMaxName; });
  if (providers_.size() > kMaxProviders) providers_.resize(kMaxProviders);
  std::stable_sort(providers_.begin(), providers_.end(),
                   [](const Provider& a, const Provider& b) { return a.name < b.name; });
  std::vector<std::pair<uint32_t, uint16_t>> deletions;
  for (std::size_t i = 0; i < providers_.size();) {
    const std::string& name = providers_[i].name;
    Name entry{.first = static_cast<uint16_t>(i), .letters = Letters(name)};
    for (; i < providers_.size() && providers_[i].name == name; ++i, ++entry.count) {
      const Provider& provider = providers_[i];
      entry.distant |=
          name.size() >= kDistantLength && provider.weight >= kDistantWeight && provider.distinctive;
    }
    const auto number = static_cast<uint16_t>(names_.size());
    ForEachDeletion(name, [&](uint32_t hash) { deletions.emplace_back(hash, number); });
    if (entry.distant) distant_.push_back(number);
    longest_ = std::max(longest_, name.size());
    names_.push_back(entry);
  }
  std::sort(deletions.begin(), deletions.end());
  deletions.erase(std::unique(deletions.begin(), deletions.end()), deletions.end());
  // Few slots are used, so that most searches end at the first.
  slots_.resize(std::bit_ceil(4 * deletions.size() + 1));
  for (std::size_t i = 0; i < deletions.size();) {
    const uint32_t hash = deletions[i].first;
    Slot slot{.hash = hash, .first = static_cast<uint32_t>(entries_.size())};
    for (; i < deletions.size() && deletions[i].first == hash; ++i, ++slot.count) {
      entries_.push_back(deletions[i].second);
    }
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].count != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

std::span<const Provider> TypoIndex::ProvidersOf(const Name& name) const {
  return std::span(providers_).subspan(name.first, name.count);
}

std::span<const uint16_t> TypoIndex::NamesBehind(uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask; slots_[i].count != 0; i = (i + 1) & mask) {
    if (slots_[i].hash == hash) return std::span(entries_).subspan(slots_[i].first, slots_[i].count);
  }
  return {};
}

TypoIndex::Candidates TypoIndex::FindNames(std::string_view name) const {
  Candidates found;
  if (name.empty() || name.size() > std::min(kMaxName, longest_ + 1)) return found;
  ForEachDeletion(name, [&](uint32_t hash) {
    for (const uint16_t number : NamesBehind(hash)) {
      const std::span<const Provider> providers = ProvidersOf(names_[number]);
      const bool seen = std::any_of(found.begin(), found.end(), [&](const Candidate& other) {
        return other.providers.data() == providers.data();
      });
      if (seen) continue;
      // Sharing a deletion allows for a distance of two, and for a collision.
      const text::Edit edit = text::FindEdit(name, providers.front().name);
      if (edit.kind != text::EditKind::kMany) found.push_back({providers, edit});
    }
  });
  std::sort(found.begin(), found.end(),
            [](const Candidate& a, const Candidate& b) { return a.providers.data() < b.providers.data(); });
  return found;
}

TypoIndex::Candidates TypoIndex::FindDistant(std::string_view name) const {
  Candidates found;
  if (name.size() + 2 < kDistantLength || name.size() > longest_ + 2) return found;
  const uint32_t letters = Letters(name);
  for (const uint16_t number : distant_) {
    const Name& entry = names_[number];
    // Two slips leave the first letter and most others as they are; this drops nearly all before the real
    // count.
    if (std::popcount(letters ^ entry.letters) > 3) continue;
    const std::span<const Provider> providers = ProvidersOf(entry);
    const std::string& known = providers.front().name;
    if (known.front() == name.front() && text::EditDistance(name, known, 2) == 2) {
      found.push_back({providers, {text::EditKind::kMany, 0}});
    }
  }
  return found;
}

}  // namespace limpid::quality
