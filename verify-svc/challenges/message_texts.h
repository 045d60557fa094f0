#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "libs/base/mutex.h"
#include "verify-svc/app/message_delivery.h"

namespace limpid::verify {

/// What messages say, by language. Read from `challenges/<language>.tsv` in the data folder: a key, a tab,
/// the text, with `\n` for a line end and names in braces for what differs. Immutable, thread-safe.
class MessageTexts {
 public:
  /// Of the data folder.
  static constexpr std::array<std::string_view, 2> kFiles = {"challenges/fr.tsv", "challenges/en.tsv"};

  struct Email {
    std::string subject;
    std::string body;
  };

  /// `link_url` is the page that links lead to. Fails when a file cannot be read, a line has no tab, or a
  /// text or a name in it is missing.
  static absl::StatusOr<std::shared_ptr<const MessageTexts>> Load(const std::string& folder,
                                                                  std::string link_url);

  Email EmailFor(const ChallengeMessage& message) const;
  /// One text message, with the line that lets the form of `autofill_host` be filled in by itself
  /// (`@host #code`, the last line, as browsers want it).
  std::string SmsFor(const ChallengeMessage& message) const;
  /// What is read aloud: the digits one by one.
  std::string VoiceFor(const ChallengeMessage& message) const;

 private:
  using Texts = std::map<std::string, std::string, std::less<>>;

  std::string Fill(std::string_view key, const ChallengeMessage& message, std::string_view code) const;

  static constexpr std::array<std::string_view, 2> kLanguages = {"fr", "en"};
  std::array<Texts, kLanguages.size()> languages_;
  std::string link_url_;
};

/// Replaced as a whole when the files change; a message that is being written keeps those it began with.
using TextsInForce = Snapshot<MessageTexts>;

}  // namespace limpid::verify
