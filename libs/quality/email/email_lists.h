#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"

#include "libs/quality/email/domain_table.h"
#include "libs/quality/email/typo_index.h"

namespace limpid::quality {

/// The texts that EmailLists is compiled from: one entry a line, `#` begins a comment. Each is a file of
/// `data/email` of the same name; `data/SOURCES.md` says where it comes from.
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

struct CommonTld {
  std::string tld;
  int weight = 0;
};

/// The lists behind the e-mail rules, compiled. Immutable; thread-safe.
class EmailLists {
 public:
  EmailLists() = default;
  /// INVALID_ARGUMENT names the text and the line that cannot be read.
  static absl::StatusOr<EmailLists> Compile(const EmailListTexts& texts);

  const DomainTable& domains() const { return domains_; }
  const TypoIndex& typos() const { return typos_; }
  const std::vector<CommonTld>& common_tlds() const { return common_tlds_; }
  /// The domain meant by a domain that is listed as a slip; empty when it is not listed.
  std::string_view MeantBy(std::string_view typed) const;
  enum class Mailbox { kPersonal, kRole, kNoReply };
  /// Whose mailbox it is, by a local part in lower case without a tag. Separators do not matter
  /// (`service-client`, `serviceclient`).
  Mailbox MailboxOf(std::string_view local) const;

  std::size_t MemoryBytes() const;

 private:
  absl::Status MarkAll(std::string_view text, uint16_t marks);
  void MarkSuffixes(std::string_view text);
  absl::Status ReadProviders(std::string_view text);
  absl::Status ReadTypos(std::string_view text);
  absl::Status ReadTlds(std::string_view text);
  void LiftFromDisposable();

  DomainTable domains_;
  TypoIndex typos_;
  std::vector<CommonTld> common_tlds_;
  absl::flat_hash_map<std::string, std::string> meant_by_;
  absl::flat_hash_set<std::string> roles_;
  std::vector<std::string> no_reply_;
};

}  // namespace limpid::quality
