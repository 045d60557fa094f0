#include "bench/quality/naive_email.h"

#include <algorithm>
#include <cctype>
#include <fstream>

#include "libs/text/edit_distance.h"

namespace limpid::bench {
namespace {

template <class Use>
void ForEachLine(const std::string& path, Use use) {
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    if (!line.empty() && line[0] != '#') use(line.substr(0, line.find('\t')));
  }
}

std::vector<std::string> DeletionsOf(const std::string& domain) {
  std::vector<std::string> deletions{domain};
  for (std::size_t i = 0; i < domain.size(); ++i)
    deletions.push_back(domain.substr(0, i) + domain.substr(i + 1));
  return deletions;
}

bool IsDotAtom(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (text[i] == '.' && text[i - 1] == '.') return false;
    if (!std::isalnum(c) &&
        std::string_view(".!#$%&'*+-/=?^_`{|}~").find(text[i]) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

}  // namespace

NaiveEmailCheck::NaiveEmailCheck(const std::string& data_directory) {
  const std::string folder = data_directory + "/email/";
  for (const char* file : {"disposable_cc0.txt", "disposable_ivolo.txt", "disposable_wildcard.txt"}) {
    ForEachLine(folder + file, [this](const std::string& domain) { disposable_.insert(domain); });
  }
  ForEachLine(folder + "free_providers.txt", [this](const std::string& domain) { free_.insert(domain); });
  for (const char* file : {"role_accounts.txt", "role_words.txt"}) {
    ForEachLine(folder + file, [this](const std::string& word) { roles_.insert(word); });
  }
  ForEachLine(folder + "providers.tsv", [this](const std::string& domain) {
    providers_.insert(domain);
    for (const std::string& deletion : DeletionsOf(domain)) deletions_[deletion].push_back(domain);
  });
}

NaiveEmailCheck::Answer NaiveEmailCheck::Check(std::string_view input) const {
  Answer answer;
  const std::size_t at = input.rfind('@');
  if (at == std::string_view::npos || at > 64 || input.size() > 254) return answer;
  std::string local(input.substr(0, at));
  std::string domain(input.substr(at + 1));
  std::transform(domain.begin(), domain.end(), domain.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  if (!IsDotAtom(local) || !IsDotAtom(domain) || domain.find('.') == std::string::npos) return answer;
  answer.valid = true;
  answer.normalized = local + "@" + domain;
  for (std::string parent = domain;;) {
    answer.disposable |= disposable_.count(parent) > 0;
    const std::size_t dot = parent.find('.');
    if (dot == std::string::npos) break;
    parent = parent.substr(dot + 1);
  }
  answer.free = free_.count(domain) > 0;
  std::transform(local.begin(), local.end(), local.begin(), [](unsigned char c) { return std::tolower(c); });
  answer.role = roles_.count(local) > 0;
  answer.suggestion = Suggest(domain);
  return answer;
}

std::string NaiveEmailCheck::Suggest(const std::string& domain) const {
  if (providers_.count(domain) > 0) return {};
  for (const std::string& deletion : DeletionsOf(domain)) {
    const auto found = deletions_.find(deletion);
    if (found == deletions_.end()) continue;
    for (const std::string& provider : found->second) {
      if (text::EditDistance(domain, provider, 1) == 1) return provider;
    }
  }
  return {};
}

}  // namespace limpid::bench
