// Each row of data/email/mail_provider_quirks.tsv against the recorded dialogues of
// tests/data/smtp/dialogues.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"

#include "libs/base/mutex.h"
#include "libs/base/strings.h"
#include "tests/verify-svc/email/smtp/callout_fixture.h"
#include "tests/verify-svc/email/smtp/scripted_server.h"

namespace limpid::verify {
namespace {

using Reaction = ScriptedServer::Reaction;

constexpr std::string_view kFolder = LIMPID_SOURCE_DIR "/tests/data/smtp/dialogues";

std::string TextOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What is asked of one mail host, and its sessions as they were recorded.
struct Recording {
  std::string note;
  std::string mx;
  std::vector<std::pair<std::string, std::string>> asked;  ///< Address; reason and catch-all, `*` for any.
  std::vector<std::vector<std::string>> sessions;          ///< Lines, with `S: ` or `C: ` in front.
};

Recording Parse(std::string_view text) {
  Recording recording;
  recording.sessions.emplace_back();
  for (const absl::string_view piece : absl::StrSplit(Absl(text), '\n', absl::SkipEmpty())) {
    const std::string line(piece);
    if (line.starts_with("# ")) {
      recording.note = line.substr(2);
    } else if (line.starts_with("mx: ")) {
      recording.mx = line.substr(4);
    } else if (line.starts_with("ask: ")) {
      const std::size_t equals = line.find(" = ");
      recording.asked.emplace_back(line.substr(5, equals - 5), line.substr(equals + 3));
    } else if (line == "==") {
      recording.sessions.emplace_back();
    } else {
      recording.sessions.back().push_back(line);
    }
  }
  return recording;
}

std::vector<Recording> Recordings(const std::string& name) {
  std::vector<Recording> recordings;
  const std::string text = TextOf(std::filesystem::path(kFolder) / (name + ".txt"));
  for (const absl::string_view block : absl::StrSplit(text, "---\n")) recordings.push_back(Parse(Std(block)));
  return recordings;
}

// `*` stands for any characters.
bool Fits(std::string_view line, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return line == pattern;
  return line.starts_with(pattern.substr(0, star)) && line.ends_with(pattern.substr(star + 1));
}

/// Says what the server said, as long as the client says what it was answering.
class Replay {
 public:
  explicit Replay(const Recording& recording) : recording_(recording), position_(recording.sessions.size()) {}

  Reaction operator()(int connection, const std::string& line) {
    MutexLock lock(mutex_);
    const auto number = static_cast<std::size_t>(connection);
    if (number >= position_.size()) {
      strange_.push_back(StrCat("session ", connection, " was not recorded"));
      return {"", true};
    }
    const std::vector<std::string>& lines = recording_.sessions[number];
    std::size_t& at = position_[number];
    if (!line.empty() && (at == lines.size() || !Fits("C: " + line, lines[at++]))) {
      strange_.push_back(StrCat("session ", connection, ": ", line));
      return {"", true};
    }
    Reaction reaction;
    while (at < lines.size() && lines[at].starts_with("S: "))
      StrAppend(reaction.text, lines[at++].substr(3), "\r\n");
    reaction.close = at == lines.size();
    return reaction;
  }
  /// Lines of the client that are in no recording.
  std::vector<std::string> strange() {
    MutexLock lock(mutex_);
    return strange_;
  }

 private:
  const Recording& recording_;
  Mutex mutex_;
  std::vector<std::size_t> position_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> strange_ ABSL_GUARDED_BY(mutex_);
};

std::vector<std::string> QuirkNames() {
  std::vector<std::string> names;
  const std::string text = TextOf(LIMPID_SOURCE_DIR "/data/email/mail_provider_quirks.tsv");
  for (const absl::string_view piece : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    const std::string_view line = Std(piece);
    if (!line.starts_with('#')) names.emplace_back(line.substr(0, line.find('\t')));
  }
  return names;
}

class ProviderDialogue : public ::testing::TestWithParam<std::string> {};

TEST_P(ProviderDialogue, IsUnderstood) {
  for (const Recording& recording : Recordings(GetParam())) {
    const auto replay = std::make_shared<Replay>(recording);
    ScriptedServer server(
        [replay](int connection, const std::string& line) { return (*replay)(connection, line); });
    SmtpCallout::Options options = CalloutOptions(server.port());
    options.limits.connections = 1;  // Sessions come in the order in which they were recorded.
    CalloutFixture fixture(options);

    const std::string domain =
        recording.asked.front().first.substr(recording.asked.front().first.find('@') + 1);
    CalloutQuery query = Query(domain, {});
    query.mail.hosts.front().name = recording.mx;
    for (const auto& [address, expected] : recording.asked) query.recipients.push_back({.address = address});
    const auto answers = fixture.Ask(Call(), query);
    ASSERT_EQ(answers.size(), recording.asked.size()) << recording.note;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const std::string said = StrCat(answers[i].reason, " ", quality::Name(answers[i].catch_all));
      EXPECT_TRUE(Fits(said, recording.asked[i].second)) << recording.note << "\n"
                                                         << recording.asked[i].first << ": " << said;
    }
    EXPECT_THAT(replay->strange(), ::testing::IsEmpty()) << recording.note;
  }
}

INSTANTIATE_TEST_SUITE_P(Providers, ProviderDialogue, ::testing::ValuesIn(QuirkNames()),
                         [](const auto& test) { return test.param; });

TEST(ProviderDialogues, AreThoseOfTheTable) {
  std::set<std::string> recorded;
  for (const auto& file : std::filesystem::directory_iterator(kFolder))
    recorded.insert(file.path().stem().string());
  const std::vector<std::string> names = QuirkNames();
  EXPECT_EQ(recorded, std::set<std::string>(names.begin(), names.end()));
}

}  // namespace
}  // namespace limpid::verify
