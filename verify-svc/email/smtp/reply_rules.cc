#include "verify-svc/email/smtp/reply_rules.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/list_text.h"
#include "libs/quality/reasons.h"
#include "verify-svc/email/smtp/reply_text.h"

namespace limpid::verify {
namespace {

namespace er = quality::email_reason;

constexpr std::string_view kNewSession = "NEW_SESSION";
// Words that may stand where a phrase has `…`.
constexpr std::size_t kGap = 6;

// What a server can say of a mailbox, and only in reply to RCPT TO.
constexpr std::array kOfMailbox = {er::kMailboxExists, er::kMailboxFull, er::kMailboxNotFound,
                                   er::kMailboxDisabled, er::kSmtputf8Unsupported};
constexpr std::array kOfUs = {er::kGreylisted, er::kTemporaryFailure, er::kBlocked,
                              er::kPolicy,     er::kRelayDenied,      er::kProviderNotVerifiable};

// The constant that stands for a word of the file.
std::string_view ReasonOf(std::string_view word) {
  for (const std::string_view reason : kOfMailbox) {
    if (reason == word) return reason;
  }
  for (const std::string_view reason : kOfUs) {
    if (reason == word) return reason;
  }
  return {};
}

std::vector<std::string> Split(std::string_view text, char separator) {
  return absl::StrSplit(Absl(text), separator, absl::SkipEmpty());
}

// `550`, `5xx`.
bool CodeFits(std::string_view pattern, int code) {
  const std::string text = StrCat(code);
  if (pattern.size() != text.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (pattern[i] != 'x' && pattern[i] != text[i]) return false;
  }
  return true;
}

// `5.1.1`, `5.7.*`, `-` for none.
bool EnhancedFits(std::string_view pattern, std::string_view code) {
  if (pattern == "-") return code.empty();
  if (!pattern.ends_with('*')) return pattern == code;
  return code.starts_with(pattern.substr(0, pattern.size() - 1));
}

bool TermFits(std::string_view term, std::string_view word) {
  if (term.size() > 1 && term.ends_with('*')) return word.starts_with(term.substr(0, term.size() - 1));
  return term == word;
}

// A phrase is words in a row; `…` skips some, `^` and `$` are the text's beginning and end, a word's `*` any
// ending.
using Phrase = std::vector<std::string>;

bool MatchesFrom(std::span<const std::string> phrase, std::span<const std::string> words) {
  if (phrase.empty()) return true;
  if (phrase.front() == "$") return words.empty();
  if (phrase.front() == "…") {
    for (std::size_t skipped = 0; skipped <= std::min(kGap, words.size()); ++skipped) {
      if (MatchesFrom(phrase.subspan(1), words.subspan(skipped))) return true;
    }
    return false;
  }
  return !words.empty() && TermFits(phrase.front(), words.front()) &&
         MatchesFrom(phrase.subspan(1), words.subspan(1));
}

bool Contains(std::span<const std::string> words, const Phrase& phrase) {
  if (!phrase.empty() && phrase.front() == "^") return MatchesFrom(std::span(phrase).subspan(1), words);
  for (std::size_t start = 0; start <= words.size(); ++start) {
    if (MatchesFrom(phrase, words.subspan(start))) return true;
  }
  return false;
}

}  // namespace

struct ReplyRules::Rule {
  std::string name;
  std::optional<SmtpStage> stage;  ///< None: any.
  std::vector<std::string> codes;  ///< Empty, here and below: any.
  std::vector<std::string> enhanced;
  std::vector<std::string> providers;
  std::vector<Phrase> phrases;
  bool wordless = false;  ///< Holds only where the reply has no words at all.
  std::string_view reason;
  bool needs_new_session = false;

  bool Holds(SmtpStage asked, const SmtpReply& reply, std::string_view provider,
             std::span<const std::string> words) const {
    const auto any = [](const std::vector<std::string>& list, auto fits) {
      return list.empty() || std::ranges::any_of(list, fits);
    };
    if (stage && *stage != asked) return false;
    if (!any(codes, [&](const std::string& code) { return CodeFits(code, reply.code); })) return false;
    if (!any(enhanced, [&](const std::string& code) { return EnhancedFits(code, reply.enhanced_code); })) {
      return false;
    }
    if (!any(providers, [&](const std::string& name_of) { return name_of == provider; })) return false;
    if (wordless) return words.empty();
    return phrases.empty() ||
           std::ranges::any_of(phrases, [&](const Phrase& phrase) { return Contains(words, phrase); });
  }
};

absl::StatusOr<std::shared_ptr<const ReplyRules>> ReplyRules::Load(const std::string& data_folder) {
  std::ifstream file(StrCat(data_folder, "/", kFile), std::ios::binary);
  if (!file) return NotFound("file", kFile);
  return Parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

absl::StatusOr<std::shared_ptr<const ReplyRules>> ReplyRules::Parse(std::string_view table) {
  std::shared_ptr<ReplyRules> rules(new ReplyRules());
  const auto list = [](std::string_view cell) {
    return cell == "*" ? std::vector<std::string>() : Split(cell, ',');
  };
  absl::Status read = quality::ForEachRow(kFile, table, 7, [&](const std::vector<std::string_view>& row) {
    Rule rule;
    rule.name = row[0];
    if (row[1] == "opening") rule.stage = SmtpStage::kOpening;
    if (row[1] == "recipient") rule.stage = SmtpStage::kRecipient;
    if (!rule.stage && row[1] != "*") return false;
    rule.codes = list(row[2]);
    rule.enhanced = list(row[3]);
    rule.providers = list(row[4]);
    rule.wordless = row[5] == "-";
    if (row[5] != "*" && !rule.wordless) {
      for (const std::string& phrase : Split(row[5], '|')) rule.phrases.push_back(Split(phrase, ' '));
    }
    rule.needs_new_session = row[6] == kNewSession;
    rule.reason = rule.needs_new_session ? er::kTemporaryFailure : ReasonOf(row[6]);
    rules->rules_.push_back(rule);
    return !rule.reason.empty();
  });
  if (!read.ok()) return read;
  if (rules->rules_.empty()) return InvalidField(kFile, reason::kRequired, StrCat(kFile, ": no rules"));
  return rules;
}

ReplyMeaning ReplyRules::Judge(SmtpStage stage, const SmtpReply& reply, std::string_view provider) const {
  const std::vector<std::string> words = ReplyWords(reply.Text());
  for (const Rule& rule : rules_) {
    if (!rule.Holds(stage, reply, provider, words)) continue;
    const bool of_mailbox = std::ranges::find(kOfMailbox, rule.reason) != kOfMailbox.end();
    if (of_mailbox && stage != SmtpStage::kRecipient) continue;
    return {.reason = rule.reason, .rule = rule.name, .needs_new_session = rule.needs_new_session};
  }
  if (reply.Transient()) return {.reason = er::kTemporaryFailure, .rule = "any_transient"};
  if (reply.Permanent()) return {.reason = er::kPolicy, .rule = "any_permanent"};
  return {.reason = er::kProtocolError, .rule = "any_other"};
}

std::vector<std::string_view> ReplyRules::Names() const {
  std::vector<std::string_view> names;
  for (const Rule& rule : rules_) names.push_back(rule.name);
  return names;
}

}  // namespace limpid::verify
