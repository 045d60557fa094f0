#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace limpid::quality {

/// The texts that the e-mail lists are compiled from: one entry a line, `#` begins a comment. Each is a file
/// of `data/email`; `data/SOURCES.md` says where it comes from.
struct EmailListTexts {
  std::string disposable_cc0;
  std::string disposable_ivolo;
  std::string disposable_wildcard;  ///< Domains whose every subdomain is disposable.
  std::string allowed_domains;      ///< Never disposable, whatever the lists say.
  std::string alias_relays;
  std::string free_providers;
  std::string providers;         ///< domain, weight, `distinctive` or `-`.
  std::string real_domains;      ///< Look like a slip of a provider's name and are none.
  std::string typo_domains;      ///< typed domain, domain that is meant.
  std::string common_tlds;       ///< top-level domain, weight.
  std::string reserved_domains;  ///< domain, the RFC that reserves it.
  std::string public_suffixes;   ///< publicsuffix.org's own format.
  std::string role_accounts;
  std::string role_words;
  std::string no_reply_words;
};

/// One of the texts, and its file below the data folder.
struct EmailListText {
  std::string EmailListTexts::*text;
  std::string_view name;
};
inline constexpr EmailListText kEmailListTexts[] = {
    {&EmailListTexts::disposable_cc0, "email/disposable_cc0.txt"},
    {&EmailListTexts::disposable_ivolo, "email/disposable_ivolo.txt"},
    {&EmailListTexts::disposable_wildcard, "email/disposable_wildcard.txt"},
    {&EmailListTexts::allowed_domains, "email/allowed_domains.txt"},
    {&EmailListTexts::alias_relays, "email/alias_relays.txt"},
    {&EmailListTexts::free_providers, "email/free_providers.txt"},
    {&EmailListTexts::providers, "email/providers.tsv"},
    {&EmailListTexts::real_domains, "email/real_domains.txt"},
    {&EmailListTexts::typo_domains, "email/typo_domains.tsv"},
    {&EmailListTexts::common_tlds, "email/common_tlds.tsv"},
    {&EmailListTexts::reserved_domains, "email/reserved_domains.tsv"},
    {&EmailListTexts::public_suffixes, "email/public_suffix_list.dat"},
    {&EmailListTexts::role_accounts, "email/role_accounts.txt"},
    {&EmailListTexts::role_words, "email/role_words.txt"},
    {&EmailListTexts::no_reply_words, "email/no_reply_words.txt"},
};

/// Compiles the texts into an image (list_image.h) for EmailLists::Open(). INVALID_ARGUMENT names the text
/// and the line that cannot be read.
absl::StatusOr<std::string> CompileEmailLists(const EmailListTexts& texts);

}  // namespace limpid::quality
