#include "verify-svc/email/smtp/reply_rules.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

#include "libs/base/strings.h"
#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

using ::testing::IsEmpty;

const ReplyRules& Rules() {
  static const auto rules = ReplyRules::Load(LIMPID_SOURCE_DIR "/data");
  EXPECT_TRUE(rules.ok()) << rules.status();
  return **rules;
}

// Columns of a file of tests/data/smtp, without the header line; JSON escapes of quotes resolved.
std::vector<std::vector<std::string>> Rows(const std::string& name) {
  std::ifstream in(StrCat(LIMPID_SOURCE_DIR "/tests/data/smtp/", name));
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    rows.push_back(absl::StrSplit(absl::StrReplaceAll(line, {{"\\\"", "\""}}), '\t'));
  }
  return rows;
}

// A reply as the files write it: in one line, with the codes of further lines inside.
SmtpReply Reply(std::string text) {
  if (text.size() > 3) text[3] = ' ';
  SmtpReplyReader reader;
  reader.Feed(text + "\r\n");
  return reader.Next().value_or(SmtpReply());
}

std::string_view Class(std::string_view reason) {
  namespace er = quality::email_reason;
  if (reason == er::kMailboxNotFound || reason == er::kSmtputf8Unsupported) return "undeliverable";
  if (reason == er::kMailboxDisabled) return "disabled";
  if (reason == er::kMailboxFull) return "mailbox_full";
  return "unknown";
}

TEST(ReplyRules, EachRuleHoldsForItsRow) {
  std::set<std::string, std::less<>> tested;
  for (const std::vector<std::string>& row : Rows("reply_rules.tsv")) {
    const SmtpStage stage = row[1] == "opening" ? SmtpStage::kOpening : SmtpStage::kRecipient;
    const ReplyMeaning meaning = Rules().Judge(stage, Reply(row[0]), row[2]);
    EXPECT_EQ(meaning.needs_new_session ? "NEW_SESSION" : meaning.reason, row[3]) << row[0];
    EXPECT_EQ(meaning.rule, row[4]) << row[0];
    tested.insert(meaning.rule);
  }
  std::vector<std::string_view> untested = Rules().Names();
  std::erase_if(untested, [&](std::string_view name) { return tested.contains(name); });
  EXPECT_THAT(untested, IsEmpty()) << "a rule without a row in tests/data/smtp/reply_rules.tsv";
}

// Whose reply a row of replies.tsv is, where that decides what it means: the rows are named after servers.
std::string_view ProviderOf(std::string_view row) {
  return row.starts_with("sisimai-lhost-receivingses") ? "amazonaws.com" : "";
}

// How many rows of a file (reply in one column, its class in another) are understood; a refusal that speaks
// of us or of the moment must never condemn a mailbox.
double Understood(const std::string& file, std::size_t reply, std::size_t expected) {
  int right = 0;
  const auto rows = Rows(file);
  for (const std::vector<std::string>& row : rows) {
    const ReplyMeaning meaning = Rules().Judge(SmtpStage::kRecipient, Reply(row[reply]), ProviderOf(row[0]));
    const std::string_view ours = Class(meaning.reason);
    if (row[expected] == "unknown") {
      EXPECT_NE(ours, "undeliverable") << row[reply] << "\n" << meaning.rule;
      EXPECT_NE(ours, "disabled") << row[reply] << "\n" << meaning.rule;
    }
    if (ours == row[expected]) {
      ++right;
    } else {
      std::cout << row[expected] << ", called " << ours << " by " << meaning.rule << ": " << row[reply]
                << "\n";
    }
  }
  return static_cast<double>(right) / static_cast<double>(rows.size());
}

TEST(ReplyRules, UnderstandRefusalsOfRealServers) { EXPECT_GE(Understood("replies.tsv", 1, 6), 0.92); }

TEST(ReplyRules, UnderstandWhatServersAndProvidersDocument) {
  EXPECT_GE(Understood("documented.tsv", 0, 1), 0.97);
}

TEST(ReplyRules, WhatIsSaidBeforeRcptNeverSpeaksOfTheMailbox) {
  for (const std::vector<std::string>& row : Rows("replies.tsv")) {
    EXPECT_EQ(Class(Rules().Judge(SmtpStage::kOpening, Reply(row[1]), "").reason), "unknown") << row[1];
  }
}

TEST(ReplyRules, NameALineThatCannotBeRead) {
  const auto rules = ReplyRules::Parse("# comment\nname\trecipient\t550\t*\t*\t*\tNO_SUCH_REASON\n");
  EXPECT_THAT(std::string(rules.status().message()), ::testing::HasSubstr("Line 2"));
}

}  // namespace
}  // namespace limpid::verify
