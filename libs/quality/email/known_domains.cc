#include "libs/quality/email/known_domains.h"

#include <utility>

#include "libs/base/strings.h"
#include "libs/quality/email/address.h"

namespace limpid::quality {
namespace {

/// As a provider that every tenth person has.
constexpr int kWeight = 50;

}  // namespace

KnownDomains::KnownDomains(const std::vector<std::string>& domains) {
  std::vector<Provider> providers;
  for (const std::string& typed : domains) {
    const ParsedEmail parsed = ParseEmail(StrCat("x@", typed));
    if (!parsed.address) continue;
    const std::string domain(parsed.address->domain());
    const std::size_t dot = domain.find('.');
    providers.push_back({.name = domain.substr(0, dot),
                         .suffix = domain.substr(dot + 1),
                         .weight = kWeight,
                         .distinctive = true});
    domains_.insert(domain);
  }
  typos_ = TypoIndex(std::move(providers));
}

}  // namespace limpid::quality
