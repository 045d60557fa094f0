#include "libs/quality/email/list_compiler.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/strings/str_split.h"

#include "libs/base/strings.h"
#include "libs/quality/content_hash.h"
#include "libs/quality/email/domain_table.h"
#include "libs/quality/email/idna.h"
#include "libs/quality/email/list_image.h"
#include "libs/quality/email/local_words.h"
#include "libs/quality/list_text.h"
#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

std::string AsciiDomain(std::string_view domain) {
  if (text::IsAscii(domain)) return text::Lower(domain);
  return ToAsciiDomain(domain).value_or(std::string());
}

std::size_t CountLines(std::string_view text) { return std::count(text.begin(), text.end(), '\n') + 1; }

absl::Status MarkAll(std::string_view list, std::string_view text, uint16_t marks,
                     NameTableBuilder& domains) {
  return ForEachRow(list, text, 1, [&](const auto& row) {
    domains.Mark(AsciiDomain(row[0]), marks);
    return true;
  });
}

/// The public suffix list's own format: a rule up to the first space, comments begin with two slashes.
void MarkSuffixes(std::string_view text, NameTableBuilder& domains) {
  for (const absl::string_view raw : absl::StrSplit(Absl(text), '\n')) {
    std::string_view line = Std(raw.substr(0, raw.find_first_of(" \t\r")));
    if (line.empty() || line.substr(0, 2) == "//") continue;
    uint16_t mark = kMarkSuffix;
    if (line[0] == '!') {
      mark = kMarkSuffixException;
      line.remove_prefix(1);
    } else if (line.substr(0, 2) == "*.") {
      mark = kMarkSuffixWildcard;
      line.remove_prefix(2);
    }
    domains.Mark(AsciiDomain(line), mark);
  }
}

/// Aggregated lists inherit the mistakes of their sources. Public suffixes belong to nobody, relays and
/// allowed domains serve real people: none of them is ever called disposable.
void LiftFromDisposable(NameTableBuilder& domains) {
  const NameTable table = domains.View();
  std::vector<std::string> lifted;
  table.ForEach([&](std::string_view domain, uint16_t marks) {
    if ((marks & kMarkDisposable) == 0) return;
    constexpr uint16_t kNever = kMarkAllowed | kMarkAliasRelay | kMarkSuffix;
    const std::size_t dot = domain.find('.');
    const bool under_wildcard = dot != std::string_view::npos && (marks & kMarkSuffixException) == 0 &&
                                (table.Find(domain.substr(dot + 1)) & kMarkSuffixWildcard) != 0;
    if ((marks & kNever) != 0 || under_wildcard) lifted.emplace_back(domain);
  });
  for (const std::string& domain : lifted) domains.Unmark(domain, kMarkDisposable);
}

absl::StatusOr<NameTableBuilder> CompileDomains(const EmailListTexts& texts) {
  NameTableBuilder domains(CountLines(texts.disposable_cc0) + CountLines(texts.disposable_ivolo) +
                           CountLines(texts.free_providers) + CountLines(texts.public_suffixes));
  MarkSuffixes(texts.public_suffixes, domains);
  const struct {
    std::string_view list;
    std::string_view text;
    uint16_t marks;
  } kMarked[] = {
      {"disposable_cc0", texts.disposable_cc0, kMarkDisposable},
      {"disposable_ivolo", texts.disposable_ivolo, kMarkDisposable},
      {"disposable_wildcard", texts.disposable_wildcard, kMarkDisposable},
      {"allowed_domains", texts.allowed_domains, kMarkAllowed},
      {"alias_relays", texts.alias_relays, kMarkAliasRelay},
      {"free_providers", texts.free_providers, kMarkFree},
      {"real_domains", texts.real_domains, kMarkReal},
      {"reserved_domains", texts.reserved_domains, kMarkReserved},
      {"providers", texts.providers, kMarkProvider | kMarkFree | kMarkAllowed},
      {"typo_domains", texts.typo_domains, kMarkSlip},
  };
  for (const auto& [list, text, marks] : kMarked) {
    if (absl::Status status = MarkAll(list, text, marks, domains); !status.ok()) return status;
  }
  LiftFromDisposable(domains);
  return domains;
}

absl::StatusOr<NameTableBuilder> CompileMailboxes(const EmailListTexts& texts) {
  NameTableBuilder mailboxes(CountLines(texts.role_accounts) + CountLines(texts.role_words));
  for (const std::string* words : {&texts.role_accounts, &texts.role_words}) {
    absl::Status status = ForEachRow("role_words", *words, 1, [&](const auto& row) {
      mailboxes.Mark(SqueezedLocal(row[0]).view(), kMailboxRole);
      return true;
    });
    if (!status.ok()) return status;
  }
  return mailboxes;
}

uint64_t VersionOf(const EmailListTexts& texts) {
  ContentHash hash;
  for (const EmailListText& text : kEmailListTexts) {
    hash.Add(text.name);
    hash.Add(texts.*text.text);
  }
  return hash.value();
}

std::string_view BytesOf(std::span<const NameTable::Slot> slots) {
  return {reinterpret_cast<const char*>(slots.data()), slots.size_bytes()};
}

}  // namespace

absl::StatusOr<std::string> CompileEmailLists(const EmailListTexts& texts) {
  const absl::StatusOr<NameTableBuilder> domains = CompileDomains(texts);
  if (!domains.ok()) return domains.status();
  const absl::StatusOr<NameTableBuilder> mailboxes = CompileMailboxes(texts);
  if (!mailboxes.ok()) return mailboxes.status();
  ListImageWriter writer(VersionOf(texts));
  writer.Add(ListSection::kDomainSlots, BytesOf(domains->slots()));
  writer.Add(ListSection::kDomainNames, domains->names());
  writer.Add(ListSection::kMailboxSlots, BytesOf(mailboxes->slots()));
  writer.Add(ListSection::kMailboxNames, mailboxes->names());
  writer.Add(ListSection::kProviders, texts.providers);
  writer.Add(ListSection::kSlips, texts.typo_domains);
  writer.Add(ListSection::kTlds, texts.common_tlds);
  writer.Add(ListSection::kNoReplyWords, texts.no_reply_words);
  return writer.Finish();
}

}  // namespace limpid::quality
