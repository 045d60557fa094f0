#include "libs/quality/email/typo_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

namespace limpid::quality {
namespace {

constexpr std::size_t kMaxName = 32;
constexpr uint64_t kBase = 0x9E3779B97F4A7C15ULL;

/// Polynomial hashes of a name and of all its one-letter deletions, each in constant time from prefixes and
/// suffixes. Equal texts hash alike however they came about.
template <class Use>
void ForEachDeletion(std::string_view name, Use use) {
  std::array<uint64_t, kMaxName + 1> prefix{};
  std::array<uint64_t, kMaxName + 1> power{};
  power[0] = 1;
  for (std::size_t i = 0; i < name.size(); ++i) {
    prefix[i + 1] = prefix[i] * kBase + static_cast<unsigned char>(name[i]);
    power[i + 1] = power[i] * kBase;
  }
  use(prefix[name.size()]);
  uint64_t suffix = 0;
  for (std::size_t i = name.size(); i-- > 0;) {
    const std::size_t tail = name.size() - 1 - i;
    // A deletion inside a run of equal letters gives the same text as at its start.
    if (i == 0 || name[i] != name[i - 1]) use(prefix[i] * power[tail] + suffix);
    suffix += static_cast<unsigned char>(name[i]) * power[tail];
  }
}

constexpr std::size_t kDistantLength = 7;
constexpr int kDistantWeight = 40;

uint32_t Letters(std::string_view name) {
  uint32_t letters = 0;
  for (const char c : name) letters |= 1U << (static_cast<unsigned char>(c) & 31U);
  return letters;
}

}  // namespace

TypoIndex::TypoIndex(std::vector<Provider> providers) : providers_(std::move(providers)) {
  for (std::size_t i = 0; i < providers_.size(); ++i) {
    const Provider& provider = providers_[i];
    if (provider.name.size() > kMaxName) continue;
    if (provider.name.size() >= kDistantLength && provider.weight >= kDistantWeight && provider.distinctive) {
      distant_.push_back({static_cast<uint16_t>(i), Letters(provider.name)});
    }
    ForEachDeletion(provider.name, [&](uint64_t hash) {
      std::vector<uint16_t>& entry = by_deletion_[hash];
      if (entry.empty() || entry.back() != i) entry.push_back(static_cast<uint16_t>(i));
    });
  }
}

std::vector<TypoIndex::Candidate> TypoIndex::FindNames(std::string_view name) const {
  std::vector<Candidate> found;
  if (name.empty() || name.size() > kMaxName) return found;
  ForEachDeletion(name, [&](uint64_t hash) {
    const auto entry = by_deletion_.find(hash);
    if (entry == by_deletion_.end()) return;
    for (const uint16_t i : entry->second) {
      const Provider* provider = &providers_[i];
      const bool seen = std::any_of(found.begin(), found.end(),
                                    [&](const Candidate& other) { return other.provider == provider; });
      if (seen) continue;
      // Sharing a deletion allows for a distance of two, and for a collision.
      const text::Edit edit = text::FindEdit(name, provider->name);
      if (edit.kind != text::EditKind::kMany) found.push_back({provider, edit});
    }
  });
  std::sort(found.begin(), found.end(),
            [](const Candidate& a, const Candidate& b) { return a.provider < b.provider; });
  return found;
}

std::vector<const Provider*> TypoIndex::FindDistant(std::string_view name) const {
  std::vector<const Provider*> found;
  if (name.size() + 2 < kDistantLength || name.size() > kMaxName) return found;
  const uint32_t letters = Letters(name);
  for (const Distant& distant : distant_) {
    // Two slips leave the first letter and most others as they are; this drops nearly all before the real
    // count.
    if (std::popcount(letters ^ distant.letters) > 3) continue;
    const Provider& provider = providers_[distant.provider];
    if (provider.name.front() == name.front() && text::EditDistance(name, provider.name, 2) == 2) {
      found.push_back(&provider);
    }
  }
  return found;
}

}  // namespace limpid::quality
