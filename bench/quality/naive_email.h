#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace limpid::bench {

/// The e-mail check that one would write first: standard containers, a walk over the parent domains, and
/// one-edit deletions of the providers in a hash map. What the rules of libs/quality are measured against.
class NaiveEmailCheck {
 public:
  explicit NaiveEmailCheck(const std::string& data_directory);

  struct Answer {
    bool valid = false;
    bool disposable = false;
    bool free = false;
    bool role = false;
    std::string normalized;
    std::string suggestion;
  };
  Answer Check(std::string_view input) const;

 private:
  std::string Suggest(const std::string& domain) const;

  std::unordered_set<std::string> disposable_;
  std::unordered_set<std::string> free_;
  std::unordered_set<std::string> roles_;
  std::unordered_set<std::string> providers_;
  std::unordered_map<std::string, std::vector<std::string>> deletions_;
};

}  // namespace limpid::bench
