#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"

namespace limpid::verify {

/// What is known of one mail provider beside what SMTP says.
struct ProviderQuirk {
  /// RFC 5321 asks servers to take a hundred recipients; ten are enough to look like anybody else.
  static constexpr int kMostRecipients = 10;

  std::string name;          ///< Empty: nothing is known.
  bool accepts_all = false;  ///< RCPT TO is answered alike for mailboxes that exist and that do not.
  int recipients_per_session = kMostRecipients;
  std::optional<int> connections;  ///< At once; absent: the setting's.
  std::optional<int> per_minute;   ///< Mailboxes asked for; absent: the setting's.
  /// Domains where every mailbox was opened by somebody, so that none of them is a catch-all.
  absl::flat_hash_set<std::string> own_domains;
};

/// data/email/mail_provider_quirks.tsv. Immutable and thread-safe.
class ProviderQuirks {
 public:
  static constexpr std::string_view kFile = "email/mail_provider_quirks.tsv";
  /// INVALID_ARGUMENT names the line that is wrong, or says that there is none.
  static absl::StatusOr<std::shared_ptr<const ProviderQuirks>> Load(const std::string& data_folder);

  /// `provider`: registrable domain of a mail host. Lives as long as this.
  const ProviderQuirk& Of(std::string_view provider) const;

 private:
  ProviderQuirks() = default;

  ProviderQuirk none_;
  absl::flat_hash_map<std::string, std::shared_ptr<const ProviderQuirk>> by_provider_;
};

}  // namespace limpid::verify
