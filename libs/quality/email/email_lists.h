#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/quality/email/domain_table.h"
#include "libs/quality/email/dotless_domains.h"
#include "libs/quality/email/list_compiler.h"
#include "libs/quality/email/local_words.h"
#include "libs/quality/email/typo_index.h"

namespace limpid::quality {

struct CommonTld {
  std::string tld;
  int weight = 0;
};

/// The lists behind the e-mail rules: tables searched where they lie in an image, and indexes made from its
/// small texts. Immutable; thread-safe.
class EmailLists {
 public:
  /// Knows nothing.
  EmailLists() = default;
  /// Reads an image of CompileEmailLists(), whoever made it: INVALID_ARGUMENT says what is wrong with one
  /// that cannot be used. `owner` keeps the bytes.
  static absl::StatusOr<EmailLists> Open(std::shared_ptr<const void> owner, std::string_view image);
  /// Maps a file with such an image.
  static absl::StatusOr<EmailLists> Map(const std::string& path);
  /// Compiles in memory. INVALID_ARGUMENT names the text and the line that cannot be read.
  static absl::StatusOr<EmailLists> Compile(const EmailListTexts& texts);

  /// Differs when the content does.
  uint64_t version() const { return version_; }
  const DomainTable& domains() const { return domains_; }
  const TypoIndex& typos() const { return typos_; }
  const DotlessDomains& dotless() const { return dotless_; }
  const std::vector<CommonTld>& common_tlds() const { return common_tlds_; }
  /// The domain meant by a domain that is listed as a slip; empty when it is not listed.
  std::string_view MeantBy(std::string_view typed) const;
  enum class Mailbox { kPersonal, kRole, kNoReply };
  /// Whose mailbox it is, by a local part without a tag. Case and separators do not matter (`Service-Client`,
  /// `serviceclient`).
  Mailbox MailboxOf(std::string_view local) const;

 private:
  absl::Status ReadProviders(std::string_view text);
  absl::Status ReadSlips(std::string_view text);
  absl::Status ReadTlds(std::string_view text);
  absl::Status ReadNoReplyWords(std::string_view text);

  std::shared_ptr<const void> owner_;
  uint64_t version_ = 0;
  DomainTable domains_;
  NameTable mailboxes_;
  TypoIndex typos_;
  DotlessDomains dotless_;
  std::vector<CommonTld> common_tlds_;
  std::vector<std::pair<std::string, std::string>> slips_;  ///< Typed and meant; sorted.
  AffixWords no_reply_;
};

}  // namespace limpid::quality
