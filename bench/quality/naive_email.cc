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

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower;
}

std::string WithoutSeparators(std::string text) {
  std::erase_if(text, [](char c) { return c == '.' || c == '-' || c == '_'; });
  return text;
}

bool IsDotAtom(std::string_view text, std::string_view signs) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (text[i] == '.' && text[i - 1] == '.') return false;
    if (text[i] != '.' && !std::isalnum(c) && signs.find(text[i]) == std::string_view::npos) return false;
  }
  return true;
}

bool IsAddress(std::string_view local, std::string_view domain) {
  return local.size() <= 64 && local.size() + 1 + domain.size() <= 254 &&
         IsDotAtom(local, "!#$%&'*+-/=?^_`{|}~") && IsDotAtom(domain, "-") &&
         domain.find('.') != std::string_view::npos;
}

}  // namespace

NaiveEmailCheck::NaiveEmailCheck(const std::string& data_directory) {
  const auto read = [&](const char* file, std::unordered_set<std::string>& into) {
    ForEachLine(data_directory + "/email/" + file, [&](const std::string& entry) { into.insert(entry); });
  };
  for (const char* file : {"disposable_cc0.txt", "disposable_ivolo.txt", "disposable_wildcard.txt"}) {
    read(file, disposable_);
  }
  read("allowed_domains.txt", allowed_);
  read("alias_relays.txt", relays_);
  read("reserved_domains.tsv", reserved_);
  read("free_providers.txt", free_);
  read("real_domains.txt", real_);
  read("role_accounts.txt", roles_);
  read("role_words.txt", roles_);
  std::unordered_set<std::string> no_reply;
  read("no_reply_words.txt", no_reply);
  no_reply_.assign(no_reply.begin(), no_reply.end());
  read("providers.tsv", providers_);
  for (const std::string& provider : providers_) {
    for (const std::string& deletion : DeletionsOf(provider)) deletions_[deletion].push_back(provider);
  }
}

NaiveEmailCheck::Verdict NaiveEmailCheck::Check(std::string_view input) const {
  Verdict verdict{.status = "UNKNOWN", .confidence = 0.5, .data_version = "0123456789ab"};
  const std::size_t at = input.rfind('@');
  if (at == std::string_view::npos || !IsAddress(input.substr(0, at), input.substr(at + 1))) {
    verdict.status = "UNDELIVERABLE";
    verdict.reason = "SYNTAX";
    verdict.reasons = {"SYNTAX"};
    verdict.confidence = 1;
    verdict.evidence.push_back({.step = "SYNTAX", .text = "This is not an e-mail address."});
    return verdict;
  }
  const std::string local(input.substr(0, at));
  verdict.domain = Lower(input.substr(at + 1));
  verdict.normalized = local + "@" + verdict.domain;
  verdict.ascii = verdict.normalized;
  JudgeDomain(verdict.domain, verdict);
  JudgeLocalPart(local, verdict);
  Suggest(local, verdict.domain, verdict);
  if (verdict.reasons.empty()) verdict.reasons.push_back("MAILBOX_NOT_CHECKED");
  verdict.reason = verdict.reasons.front();
  verdict.score = 50 - (verdict.role ? 10 : 0) - (verdict.no_reply ? 10 : 0) - (verdict.tagged ? 2 : 0);
  if (verdict.reason == "DOMAIN_TYPO") verdict.score -= 30;
  if (verdict.disposable) verdict.score = std::min(verdict.score, 20);
  if (verdict.status == "UNDELIVERABLE") verdict.score = 0;
  return verdict;
}

std::string NaiveEmailCheck::FindParent(const Domains& list, const std::string& domain) {
  for (std::string parent = domain;;) {
    if (list.count(parent) > 0) return parent;
    const std::size_t dot = parent.find('.');
    if (dot == std::string::npos) return {};
    parent = parent.substr(dot + 1);
  }
}

void NaiveEmailCheck::JudgeDomain(const std::string& domain, Verdict& verdict) const {
  verdict.free = free_.count(domain) > 0 || providers_.count(domain) > 0;
  if (const std::string reserved = FindParent(reserved_, domain); !reserved.empty()) {
    verdict.status = "UNDELIVERABLE";
    verdict.reasons.push_back("RESERVED_DOMAIN");
    verdict.evidence.push_back({"LIST", reserved, "reserved_domains"});
  }
  if (const std::string relay = FindParent(relays_, domain); !relay.empty()) {
    verdict.status = "RISKY";
    verdict.alias_relay = true;
    verdict.reasons.push_back("ALIAS_RELAY");
    verdict.evidence.push_back({"LIST", relay, "alias_relays"});
    return;
  }
  if (providers_.count(domain) > 0 || !FindParent(allowed_, domain).empty()) return;
  if (const std::string listed = FindParent(disposable_, domain); !listed.empty()) {
    verdict.status = "RISKY";
    verdict.disposable = true;
    verdict.reasons.push_back("DISPOSABLE");
    verdict.evidence.push_back({"LIST", listed, "disposable"});
  }
}

void NaiveEmailCheck::JudgeLocalPart(const std::string& local, Verdict& verdict) const {
  std::string mailbox = Lower(local);
  const std::size_t plus = mailbox.find('+');
  verdict.tagged = plus != std::string::npos && plus > 0;
  if (verdict.tagged) mailbox.resize(plus);
  mailbox = WithoutSeparators(mailbox);
  verdict.no_reply = std::any_of(no_reply_.begin(), no_reply_.end(), [&](const std::string& word) {
    return mailbox.starts_with(word) || mailbox.ends_with(word);
  });
  verdict.role = verdict.no_reply || roles_.count(mailbox) > 0;
  if (!verdict.role) return;
  if (verdict.status == "UNKNOWN") verdict.status = "RISKY";
  verdict.reasons.push_back("ROLE");
  verdict.evidence.push_back({"LIST", mailbox, "role_words"});
}

void NaiveEmailCheck::Suggest(const std::string& local, const std::string& domain, Verdict& verdict) const {
  if (providers_.count(domain) > 0 || free_.count(domain) > 0 || real_.count(domain) > 0) return;
  for (const std::string& deletion : DeletionsOf(domain)) {
    const auto found = deletions_.find(deletion);
    if (found == deletions_.end()) continue;
    for (const std::string& provider : found->second) {
      if (text::EditDistance(domain, provider, 1) != 1) continue;
      verdict.did_you_mean = Suggestion{local + "@" + provider, 0.9, "DOMAIN"};
      verdict.status = "RISKY";
      verdict.reasons.insert(verdict.reasons.begin(), "DOMAIN_TYPO");
      verdict.evidence.push_back({"LIST", provider, "providers"});
      return;
    }
  }
}

}  // namespace limpid::bench
