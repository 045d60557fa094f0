#include "libs/quality/email/domain_table.h"

#include <algorithm>

namespace limpid::quality {

DomainTable::Chain DomainTable::FindChain(std::string_view domain) const {
  Chain chain;
  BackwardHash hash;
  for (std::size_t i = domain.size(); i-- > 0;) {
    hash.Add(domain[i]);
    if (i == 0 || domain[i - 1] == '.') {
      const std::string_view parent = domain.substr(i);
      const uint16_t marks = FindHashed(parent, hash.Value());
      chain.links.push_back({parent, marks});
      chain.any_marks |= marks;
    }
  }
  std::reverse(chain.links.begin(), chain.links.end());
  return chain;
}

std::string_view DomainTable::Chain::FindMarked(uint16_t marks) const {
  if ((any_marks & marks) == 0) return {};
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
