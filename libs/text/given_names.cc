#include "libs/text/given_names.h"

#include <algorithm>

#include "absl/strings/str_split.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/base/trim.h"
#include "libs/text/person_name.h"

namespace limpid::text {
namespace {

/// Calls `use(line, number)` for each line with content, and stops at its first error.
template <class Use>
absl::Status ForEachLine(std::string_view text, Use use) {
  int number = 0;
  for (const absl::string_view raw : absl::StrSplit(Absl(text), '\n')) {
    ++number;
    const std::string_view line = Std(raw.substr(0, raw.find('#')));
    if (Trim(line).empty()) continue;
    if (absl::Status status = use(line, number); !status.ok()) return status;
  }
  return absl::OkStatus();
}

std::vector<std::string> Keys(std::string_view words) {
  std::vector<std::string> keys;
  for (const absl::string_view word :
       absl::StrSplit(Absl(words), absl::ByAnyChar(" \t\r"), absl::SkipEmpty())) {
    keys.push_back(NameKey(Std(word)));
  }
  return keys;
}

}  // namespace

absl::StatusOr<GivenNames> GivenNames::Parse(std::string_view names, std::string_view nicknames,
                                             std::string_view variants) {
  GivenNames parsed;
  absl::Status status = ForEachLine(names, [&](std::string_view line, int) {
    for (std::string& key : Keys(line)) parsed.known_.insert(std::move(key));
    return absl::OkStatus();
  });
  int group = 0;
  if (status.ok()) {
    status = ForEachLine(nicknames, [&](std::string_view line, int number) {
      const std::size_t tab = line.find('\t');
      if (tab == std::string_view::npos) {
        return InvalidField("nicknames", reason::kInvalidFormat,
                            StrCat("Line ", number, " has no tab between the name and its short forms."));
      }
      ++group;
      std::string full = NameKey(line.substr(0, tab));
      parsed.known_.insert(full);
      parsed.full_names_[std::move(full)].push_back(group);
      for (std::string& key : Keys(line.substr(tab))) parsed.short_forms_[std::move(key)].push_back(group);
      return absl::OkStatus();
    });
  }
  if (status.ok()) {
    status = ForEachLine(variants, [&](std::string_view line, int) {
      ++group;
      for (std::string& key : Keys(line)) {
        parsed.known_.insert(key);
        parsed.variants_[std::move(key)].push_back(group);
      }
      return absl::OkStatus();
    });
  }
  if (!status.ok()) return status;
  return parsed;
}

bool GivenNames::IsKnown(std::string_view key) const { return known_.contains(Absl(key)); }

bool GivenNames::ShareGroup(const Groups& groups, std::string_view a, std::string_view b) {
  const auto left = groups.find(Absl(a));
  const auto right = groups.find(Absl(b));
  if (left == groups.end() || right == groups.end()) return false;
  return std::find_first_of(left->second.begin(), left->second.end(), right->second.begin(),
                            right->second.end()) != left->second.end();
}

bool GivenNames::AreNicknames(std::string_view a, std::string_view b) const {
  const auto stands_for = [this](std::string_view short_form, std::string_view full) {
    const auto groups = short_forms_.find(Absl(short_form));
    const auto own = full_names_.find(Absl(full));
    return groups != short_forms_.end() && own != full_names_.end() &&
           std::find_first_of(groups->second.begin(), groups->second.end(), own->second.begin(),
                              own->second.end()) != groups->second.end();
  };
  return stands_for(a, b) || stands_for(b, a) || ShareGroup(short_forms_, a, b);
}

bool GivenNames::AreVariants(std::string_view a, std::string_view b) const {
  return ShareGroup(variants_, a, b);
}

}  // namespace limpid::text
