#include "libs/quality/email/list_image.h"

#include <cstring>
#include <memory>
#include <random>

#include <gmock/gmock.h>

#include "libs/quality/email/email_lists.h"

namespace limpid::quality {
namespace {

using ::testing::HasSubstr;

EmailListTexts SmallTexts() {
  EmailListTexts texts;
  texts.disposable_cc0 = "throw.away.fr\n";
  texts.providers = "gmail.com\t100\tdistinctive\n";
  texts.typo_domains = "gmal.com\tgmail.com\n";
  texts.common_tlds = "com\t100\n";
  texts.role_words = "accueil\n";
  texts.no_reply_words = "noreply\n";
  texts.public_suffixes = "fr\ncom\n";
  return texts;
}

/// Opens a copy of its own, so that AddressSanitizer sees every step outside.
absl::StatusOr<EmailLists> Open(std::string_view image) {
  const std::shared_ptr<char[]> copy(new char[image.size()]);
  char* const start = copy.get();
  std::memcpy(start, image.data(), image.size());
  return EmailLists::Open(copy, {start, image.size()});
}

TEST(ListImage, ComesBackAsItWasWritten) {
  ListImageWriter writer(7);
  writer.Add(ListSection::kProviders, "abc");
  writer.Add(ListSection::kDomainNames, "0123456789");
  const std::string image = writer.Finish();
  const absl::StatusOr<ListImage> opened = ListImage::Open(image);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->version(), 7u);
  EXPECT_EQ(opened->Section(ListSection::kProviders), "abc");
  EXPECT_EQ(opened->Section(ListSection::kDomainNames), "0123456789");
  EXPECT_EQ(opened->Section(ListSection::kSlips), "");
}

TEST(ListImage, SaysWhatIsWrongWithAFile) {
  const std::string image = CompileEmailLists(SmallTexts()).value();
  ASSERT_TRUE(Open(image).ok());
  const auto why = [](std::string_view bytes) { return std::string(Open(bytes).status().message()); };
  EXPECT_THAT(why(""), HasSubstr("cut short"));
  EXPECT_THAT(why(image.substr(0, image.size() / 2)), HasSubstr("cut short"));
  EXPECT_THAT(why(std::string(4096, 'x')), HasSubstr("another kind"));
  std::string other_release = image;
  other_release[8] = 99;
  EXPECT_THAT(why(other_release), HasSubstr("another release"));
  std::string damaged = image;
  damaged[image.size() / 2] ^= 1;
  EXPECT_THAT(why(damaged), HasSubstr("damaged"));
}

TEST(ListImage, IsRefusedWhenATextInsideCannotBeRead) {
  EmailListTexts texts = SmallTexts();
  texts.common_tlds = "com\tmany\n";
  const std::string image = CompileEmailLists(texts).value();
  EXPECT_EQ(Open(image).status().code(), absl::StatusCode::kInvalidArgument);
}

/// Whoever can write the file can also write a checksum: the sections are checked for themselves.
TEST(ListImage, SurvivesSectionsOfAnyContent) {
  const std::string_view kTables[] = {"", "x", std::string_view("\0\0\0\0\0\0\0\0\0\0\0\0", 12)};
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    ListImageWriter writer(1);
    for (std::size_t section = 0; section < kListSections; ++section) {
      std::string bytes(kTables[random() % std::size(kTables)]);
      if (random() % 2 == 0) bytes.resize(12u << (random() % 6));
      for (char& c : bytes) {
        if (random() % 4 == 0) c = static_cast<char>(random());
      }
      writer.Add(static_cast<ListSection>(section), bytes);
    }
    const absl::StatusOr<EmailLists> lists = Open(writer.Finish());
    if (!lists.ok()) continue;
    for (const char* domain : {"a.fr", "gmail.com", "x"}) (void)lists->domains().FindChain(domain).AnyMarks();
    (void)lists->MailboxOf("accueil");
    (void)lists->typos().FindNames("gmal");
  }
}

TEST(ListImage, ChangesItsVersionWithAnyText) {
  const uint64_t version = EmailLists::Compile(SmallTexts())->version();
  EXPECT_EQ(EmailLists::Compile(SmallTexts())->version(), version);
  for (const EmailListText& text : kEmailListTexts) {
    EmailListTexts changed = SmallTexts();
    changed.*text.text += "\n";
    EXPECT_NE(EmailLists::Compile(changed)->version(), version) << text.name;
  }
}

}  // namespace
}  // namespace limpid::quality
