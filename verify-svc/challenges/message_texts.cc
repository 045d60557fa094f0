#include "verify-svc/challenges/message_texts.h"

#include <algorithm>
#include <fstream>
#include <utility>
#include <vector>

#include "absl/strings/str_replace.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

struct Wanted {
  std::string_view key;
  std::string_view name;  // without which the text would be of no use
};
constexpr std::array kWanted = {Wanted{"sms", "{code}"},
                                Wanted{"voice", "{code}"},
                                Wanted{"email_code.subject", "{brand}"},
                                Wanted{"email_code.body", "{code}"},
                                Wanted{"email_link.subject", "{brand}"},
                                Wanted{"email_link.body", "{link}"}};

absl::Status Broken(std::string_view path, std::string_view why) {
  return FailedPrecondition(reason::kInvalidFormat, StrCat(path, ": ", why));
}

std::string Spoken(std::string_view code) {
  std::string spoken;
  for (const char digit : code) StrAppend(spoken, spoken.empty() ? "" : ", ", std::string_view(&digit, 1));
  return spoken;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const MessageTexts>> MessageTexts::Load(const std::string& folder,
                                                                       std::string link_url) {
  auto texts = std::make_shared<MessageTexts>();
  texts->link_url_ = std::move(link_url);
  for (size_t i = 0; i < kLanguages.size(); ++i) {
    const std::string path = StrCat(folder, "/challenges/", kLanguages[i], ".tsv");
    std::ifstream in(path);
    if (!in) return Broken(path, "cannot be read");
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line.front() == '#') continue;
      const size_t tab = line.find('\t');
      if (tab == std::string::npos) return Broken(path, StrCat("no tab in the line of ", line));
      texts->languages_[i][line.substr(0, tab)] =
          absl::StrReplaceAll(Absl(std::string_view(line).substr(tab + 1)), {{"\\n", "\n"}});
    }
    for (const Wanted& wanted : kWanted) {
      const auto found = texts->languages_[i].find(wanted.key);
      if (found == texts->languages_[i].end() || found->second.find(wanted.name) == std::string::npos) {
        return Broken(path, StrCat(wanted.key, " with ", wanted.name, " is missing"));
      }
    }
  }
  return texts;
}

std::string MessageTexts::Fill(std::string_view key, const ChallengeMessage& message,
                               std::string_view code) const {
  const size_t language = message.language == kLanguages[1] ? 1 : 0;
  const std::string link = StrCat(link_url_, "?token=", message.secret);
  const auto whole = [&message](absl::Duration unit) {
    return std::to_string(std::max<int64_t>(1, absl::Floor(message.lifetime, unit) / unit));
  };
  const std::string minutes = whole(absl::Minutes(1));
  const std::string hours = whole(absl::Hours(1));
  return absl::StrReplaceAll(Absl(languages_[language].find(key)->second), {{"{brand}", message.brand},
                                                                            {"{code}", Absl(code)},
                                                                            {"{link}", link},
                                                                            {"{minutes}", minutes},
                                                                            {"{hours}", hours}});
}

MessageTexts::Email MessageTexts::EmailFor(const ChallengeMessage& message) const {
  const bool link = message.channel == ChallengeChannel::kEmailLink;
  return {.subject = Fill(link ? "email_link.subject" : "email_code.subject", message, message.secret),
          .body = Fill(link ? "email_link.body" : "email_code.body", message, message.secret)};
}

std::string MessageTexts::SmsFor(const ChallengeMessage& message) const {
  std::string text = Fill("sms", message, message.secret);
  if (!message.autofill_host.empty()) StrAppend(text, "\n@", message.autofill_host, " #", message.secret);
  return text;
}

std::string MessageTexts::VoiceFor(const ChallengeMessage& message) const {
  return Fill("voice", message, Spoken(message.secret));
}

}  // namespace limpid::verify
