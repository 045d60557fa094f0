#include "libs/quality/email/email_lists.h"

#include <algorithm>

#include "absl/strings/numbers.h"

#include "libs/base/strings.h"
#include "libs/quality/email/idna.h"
#include "libs/quality/list_text.h"
#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

/// The form in which a local part is looked up: separators say nothing.
std::string Squeeze(std::string_view local) {
  std::string squeezed(local);
  const auto is_separator = [](char c) { return c == '.' || c == '-' || c == '_'; };
  squeezed.erase(std::remove_if(squeezed.begin(), squeezed.end(), is_separator), squeezed.end());
  return squeezed;
}

std::string AsciiDomain(std::string_view domain) {
  if (text::IsAscii(domain)) return text::Lower(domain);
  return ToAsciiDomain(domain).value_or(std::string());
}

std::size_t CountLines(std::string_view text) { return std::count(text.begin(), text.end(), '\n') + 1; }

bool ReadWeight(std::string_view cell, int& weight) {
  return absl::SimpleAtoi(Absl(cell), &weight) && weight > 0;
}

/// The public suffix list's own format: a rule up to the first space, comments begin with two slashes.
template <class Use>
void ForEachSuffix(std::string_view text, Use use) {
  for (absl::string_view raw : absl::StrSplit(Absl(text), '\n')) {
    const std::string_view line = Std(raw.substr(0, raw.find_first_of(" \t\r")));
    if (!line.empty() && line.substr(0, 2) != "//") use(line);
  }
}

}  // namespace

absl::StatusOr<EmailLists> EmailLists::Compile(const EmailListTexts& texts) {
  EmailLists lists;
  lists.domains_ = DomainTable(CountLines(texts.disposable_cc0) + CountLines(texts.disposable_ivolo) +
                               CountLines(texts.free_providers) + CountLines(texts.public_suffixes));
  lists.MarkSuffixes(texts.public_suffixes);
  const struct {
    std::string_view text;
    uint16_t marks;
  } kMarked[] = {
      {texts.disposable_cc0, kMarkDisposable},
      {texts.disposable_ivolo, kMarkDisposable},
      {texts.disposable_wildcard, kMarkDisposable},
      {texts.allowed_domains, kMarkAllowed},
      {texts.alias_relays, kMarkAliasRelay},
      {texts.free_providers, kMarkFree},
      {texts.real_domains, kMarkReal},
      {texts.reserved_domains, kMarkReserved},
  };
  for (const auto& [text, marks] : kMarked) {
    if (absl::Status status = lists.MarkAll(text, marks); !status.ok()) return status;
  }
  if (absl::Status status = lists.ReadProviders(texts.providers); !status.ok()) return status;
  if (absl::Status status = lists.ReadTypos(texts.typo_domains); !status.ok()) return status;
  if (absl::Status status = lists.ReadTlds(texts.common_tlds); !status.ok()) return status;
  lists.LiftFromDisposable();
  for (const std::string* words : {&texts.role_accounts, &texts.role_words}) {
    absl::Status status = ForEachRow("role_words", *words, 1, [&](const auto& row) {
      lists.roles_.insert(Squeeze(text::Lower(row[0])));
      return true;
    });
    if (!status.ok()) return status;
  }
  absl::Status status = ForEachRow("no_reply_words", texts.no_reply_words, 1, [&](const auto& row) {
    lists.no_reply_.push_back(Squeeze(row[0]));
    return true;
  });
  if (!status.ok()) return status;
  return lists;
}

absl::Status EmailLists::MarkAll(std::string_view text, uint16_t marks) {
  return ForEachRow("domains", text, 1, [&](const auto& row) {
    domains_.Mark(AsciiDomain(row[0]), marks);
    return true;
  });
}

void EmailLists::MarkSuffixes(std::string_view text) {
  ForEachSuffix(text, [&](std::string_view line) {
    uint16_t mark = kMarkSuffix;
    if (line[0] == '!') {
      mark = kMarkSuffixException;
      line.remove_prefix(1);
    } else if (line.substr(0, 2) == "*.") {
      mark = kMarkSuffixWildcard;
      line.remove_prefix(2);
    }
    domains_.Mark(AsciiDomain(line), mark);
  });
}

absl::Status EmailLists::ReadProviders(std::string_view text) {
  std::vector<Provider> providers;
  absl::Status status = ForEachRow("providers", text, 3, [&](const auto& row) {
    const std::size_t dot = row[0].find('.');
    Provider provider;
    if (dot == std::string_view::npos || !ReadWeight(row[1], provider.weight)) return false;
    provider.name = row[0].substr(0, dot);
    provider.suffix = row[0].substr(dot + 1);
    provider.distinctive = row[2] == "distinctive";
    domains_.Mark(row[0], kMarkProvider | kMarkFree | kMarkAllowed);
    providers.push_back(std::move(provider));
    return true;
  });
  typos_ = TypoIndex(std::move(providers));
  return status;
}

absl::Status EmailLists::ReadTypos(std::string_view text) {
  return ForEachRow("typo_domains", text, 2, [&](const auto& row) {
    meant_by_.emplace(row[0], row[1]);
    return true;
  });
}

absl::Status EmailLists::ReadTlds(std::string_view text) {
  return ForEachRow("common_tlds", text, 2, [&](const auto& row) {
    CommonTld tld{std::string(row[0])};
    if (!ReadWeight(row[1], tld.weight)) return false;
    common_tlds_.push_back(std::move(tld));
    return true;
  });
}

/// Aggregated lists inherit the mistakes of their sources. Public suffixes belong to nobody, relays and
/// allowed domains serve real people: none of them is ever called disposable.
void EmailLists::LiftFromDisposable() {
  std::vector<std::string> lifted;
  domains_.ForEach([&](std::string_view domain, uint16_t marks) {
    if ((marks & kMarkDisposable) == 0) return;
    constexpr uint16_t kNever = kMarkAllowed | kMarkAliasRelay | kMarkSuffix;
    const std::size_t dot = domain.find('.');
    const bool under_wildcard = dot != std::string_view::npos && (marks & kMarkSuffixException) == 0 &&
                                (domains_.Find(domain.substr(dot + 1)) & kMarkSuffixWildcard) != 0;
    if ((marks & kNever) != 0 || under_wildcard) lifted.emplace_back(domain);
  });
  for (const std::string& domain : lifted) domains_.Unmark(domain, kMarkDisposable);
}

std::string_view EmailLists::MeantBy(std::string_view typed) const {
  const auto found = meant_by_.find(Absl(typed));
  return found == meant_by_.end() ? std::string_view() : std::string_view(found->second);
}

EmailLists::Mailbox EmailLists::MailboxOf(std::string_view local) const {
  const std::string squeezed = Squeeze(local);
  const bool no_reply = std::any_of(no_reply_.begin(), no_reply_.end(), [&](const std::string& word) {
    if (squeezed.size() < word.size()) return false;
    // Nearly every word differs in its first letter: look there before calling for a comparison.
    const std::size_t last = squeezed.size() - word.size();
    return (squeezed[0] == word[0] && squeezed.compare(0, word.size(), word) == 0) ||
           (squeezed[last] == word[0] && squeezed.compare(last, word.size(), word) == 0);
  });
  if (no_reply) return Mailbox::kNoReply;
  return roles_.contains(squeezed) ? Mailbox::kRole : Mailbox::kPersonal;
}

std::size_t EmailLists::MemoryBytes() const { return domains_.MemoryBytes(); }

}  // namespace limpid::quality
