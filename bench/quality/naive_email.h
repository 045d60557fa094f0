#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace limpid::bench {

/// The e-mail check that one would write first: standard containers, a walk over the parent domains, and
/// one-edit deletions of the providers in a hash map. It answers every field that EmailRules fills and reads
/// the same lists, in simpler ways: ASCII only, one likeness is as good as another, a fault has no position.
/// What the rules of libs/quality are measured against.
class NaiveEmailCheck {
 public:
  explicit NaiveEmailCheck(const std::string& data_directory);

  struct Suggestion {
    std::string email;
    double confidence = 0;
    std::string_view kind;
  };
  struct Evidence {
    std::string_view step;
    std::string text;
    std::string source;
  };
  struct Verdict {
    std::string_view status;
    std::string_view reason;
    std::vector<std::string_view> reasons;
    int score = 0;
    double confidence = 0;
    std::string normalized;
    std::string ascii;
    std::string domain;
    bool needs_smtputf8 = false;
    std::optional<Suggestion> did_you_mean;
    bool disposable = false;
    bool alias_relay = false;
    bool free = false;
    bool role = false;
    bool no_reply = false;
    bool tagged = false;
    std::vector<Evidence> evidence;
    std::string data_version;
  };
  Verdict Check(std::string_view input) const;

 private:
  using Domains = std::unordered_set<std::string>;

  static std::string FindParent(const Domains& list, const std::string& domain);
  void JudgeDomain(const std::string& domain, Verdict& verdict) const;
  void JudgeLocalPart(const std::string& local, Verdict& verdict) const;
  void Suggest(const std::string& local, const std::string& domain, Verdict& verdict) const;

  Domains disposable_;
  Domains allowed_;
  Domains relays_;
  Domains reserved_;
  Domains free_;
  Domains real_;
  std::unordered_set<std::string> roles_;
  std::vector<std::string> no_reply_;
  Domains providers_;
  std::unordered_map<std::string, std::vector<std::string>> deletions_;
};

}  // namespace limpid::bench
