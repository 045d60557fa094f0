#include "libs/quality/email/dotless_domains.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"

#include "libs/base/strings.h"

namespace limpid::quality {
namespace {

/// More letters than any provider's domain has.
constexpr std::size_t kMaxLetters = 32;
constexpr std::size_t kFewestOfNear = 8;

/// What stands where a dot should; also a letter beyond ASCII is none of a provider's.
bool IsMark(char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); }

class Letters {
 public:
  explicit Letters(std::string_view typed) {
    for (const char c : typed) {
      if (IsMark(c)) continue;
      if (kept_.size() == kMaxLetters) {
        kept_.clear();
        return;
      }
      kept_.push_back(c);
    }
  }
  std::string_view view() const { return {kept_.data(), kept_.size()}; }

 private:
  absl::InlinedVector<char, kMaxLetters> kept_;
};

std::vector<Provider> ByLetters(const std::vector<Provider>& providers) {
  std::vector<Provider> by_letters;
  for (const Provider& provider : providers) {
    std::string domain = StrCat(provider.name, ".", provider.suffix);
    by_letters.push_back({.name = std::string(Letters(domain).view()),
                          .suffix = std::move(domain),
                          .weight = provider.weight,
                          .distinctive = provider.distinctive});
  }
  return by_letters;
}

DotlessDomains::Domain DomainOf(const Provider& entry) {
  return {.domain = entry.suffix, .weight = entry.weight, .distinctive = entry.distinctive};
}

}  // namespace

DotlessDomains::DotlessDomains(const std::vector<Provider>& providers) : index_(ByLetters(providers)) {}

std::optional<DotlessDomains::Domain> DotlessDomains::Find(std::string_view typed) const {
  const Letters letters(typed);
  const auto found = std::ranges::lower_bound(index_.providers(), letters.view(), {}, &Provider::name);
  if (found == index_.providers().end() || found->name != letters.view()) return std::nullopt;
  return DomainOf(*found);
}

std::optional<DotlessDomains::Domain> DotlessDomains::FindNear(std::string_view typed) const {
  const Letters letters(typed);
  const Provider* best = nullptr;
  for (const TypoIndex::Candidate& candidate : index_.FindNames(letters.view())) {
    for (const Provider& provider : candidate.providers) {
      const bool sure = provider.distinctive && provider.name.size() >= kFewestOfNear;
      if (sure && (best == nullptr || provider.weight > best->weight)) best = &provider;
    }
  }
  if (best == nullptr) return std::nullopt;
  return DomainOf(*best);
}

}  // namespace limpid::quality
