#include "libs/quality/email/email_lists.h"

#include <algorithm>
#include <span>

#include "absl/strings/numbers.h"

#include "libs/base/error.h"
#include "libs/base/mapped_file.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/email/list_image.h"
#include "libs/quality/list_text.h"

namespace limpid::quality {
namespace {

bool ReadWeight(std::string_view cell, int& weight) {
  return absl::SimpleAtoi(Absl(cell), &weight) && weight > 0;
}

absl::StatusOr<NameTable> ReadTable(std::string_view slots, std::string_view names) {
  // Sections begin at a multiple of eight.
  const std::span<const NameTable::Slot> table(reinterpret_cast<const NameTable::Slot*>(slots.data()),
                                               slots.size() / sizeof(NameTable::Slot));
  if (slots.size() % sizeof(NameTable::Slot) != 0 || !NameTable::IsSound(table, names)) {
    return InvalidField("email_lists", reason::kInvalidFormat,
                        "The compiled e-mail lists have a table that cannot be searched.");
  }
  return NameTable(table, names);
}

}  // namespace

absl::StatusOr<EmailLists> EmailLists::Open(std::shared_ptr<const void> owner, std::string_view bytes) {
  const absl::StatusOr<ListImage> image = ListImage::Open(bytes);
  if (!image.ok()) return image.status();
  const absl::StatusOr<NameTable> domains =
      ReadTable(image->Section(ListSection::kDomainSlots), image->Section(ListSection::kDomainNames));
  if (!domains.ok()) return domains.status();
  const absl::StatusOr<NameTable> mailboxes =
      ReadTable(image->Section(ListSection::kMailboxSlots), image->Section(ListSection::kMailboxNames));
  if (!mailboxes.ok()) return mailboxes.status();

  EmailLists lists;
  lists.owner_ = std::move(owner);
  lists.version_ = image->version();
  lists.domains_ = DomainTable(*domains);
  lists.mailboxes_ = *mailboxes;
  for (const absl::Status& status : {lists.ReadProviders(image->Section(ListSection::kProviders)),
                                     lists.ReadSlips(image->Section(ListSection::kSlips)),
                                     lists.ReadTlds(image->Section(ListSection::kTlds)),
                                     lists.ReadNoReplyWords(image->Section(ListSection::kNoReplyWords))}) {
    if (!status.ok()) return status;
  }
  return lists;
}

absl::StatusOr<EmailLists> EmailLists::Map(const std::string& path) {
  absl::StatusOr<std::shared_ptr<const MappedFile>> file = MappedFile::Open(path);
  if (!file.ok()) return file.status();
  const std::string_view bytes = (*file)->bytes();
  return Open(*std::move(file), bytes);
}

absl::StatusOr<EmailLists> EmailLists::Compile(const EmailListTexts& texts) {
  absl::StatusOr<std::string> image = CompileEmailLists(texts);
  if (!image.ok()) return image.status();
  auto owner = std::make_shared<const std::string>(*std::move(image));
  const std::string_view bytes = *owner;
  return Open(std::move(owner), bytes);
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
    providers.push_back(std::move(provider));
    return true;
  });
  dotless_ = DotlessDomains(providers);
  typos_ = TypoIndex(std::move(providers));
  return status;
}

absl::Status EmailLists::ReadSlips(std::string_view text) {
  absl::Status status = ForEachRow("typo_domains", text, 2, [&](const auto& row) {
    slips_.emplace_back(row[0], row[1]);
    return true;
  });
  std::sort(slips_.begin(), slips_.end());
  return status;
}

absl::Status EmailLists::ReadTlds(std::string_view text) {
  return ForEachRow("common_tlds", text, 2, [&](const auto& row) {
    CommonTld tld{std::string(row[0])};
    if (!ReadWeight(row[1], tld.weight)) return false;
    common_tlds_.push_back(std::move(tld));
    return true;
  });
}

absl::Status EmailLists::ReadNoReplyWords(std::string_view text) {
  std::vector<std::string> words;
  absl::Status status = ForEachRow("no_reply_words", text, 1, [&](const auto& row) {
    words.emplace_back(SqueezedLocal(row[0]).view());
    return true;
  });
  no_reply_ = AffixWords(std::move(words));
  return status;
}

std::string_view EmailLists::MeantBy(std::string_view typed) const {
  const auto found =
      std::lower_bound(slips_.begin(), slips_.end(), typed,
                       [](const auto& slip, std::string_view name) { return slip.first < name; });
  return found != slips_.end() && found->first == typed ? std::string_view(found->second)
                                                        : std::string_view();
}

EmailLists::Mailbox EmailLists::MailboxOf(std::string_view local) const {
  const SqueezedLocal squeezed(local);
  if (no_reply_.BeginOrEnd(squeezed.view())) return Mailbox::kNoReply;
  return (mailboxes_.Find(squeezed.view()) & kMailboxRole) != 0 ? Mailbox::kRole : Mailbox::kPersonal;
}

}  // namespace limpid::quality
