#include "gateway/capture/message_catalogue.h"

#include <filesystem>
#include <fstream>
#include <memory>

#include <gmock/gmock.h>

#include "libs/testing/temp_dir.h"

namespace limpid::gateway {
namespace {

using ::testing::HasSubstr;

std::shared_ptr<const MessageCatalogue> Shipped() {
  auto catalogue = MessageCatalogue::Load(LIMPID_SOURCE_DIR "/data");
  EXPECT_TRUE(catalogue.ok()) << catalogue.status();
  return *catalogue;
}

TEST(MessageCatalogue, SpeaksFrenchAndEnglish) {
  EXPECT_EQ(Shipped()->Message("fr", "email", "DOMAIN_TYPO", "jean@gmail.com"),
            "Vouliez-vous dire jean@gmail.com ?");
  EXPECT_EQ(Shipped()->Message("en", "email", "DOMAIN_TYPO", "jean@gmail.com"),
            "Did you mean jean@gmail.com?");
}

TEST(MessageCatalogue, AReasonWithoutASentenceGetsTheOneOfItsField) {
  EXPECT_EQ(Shipped()->Message("en", "phone", "SOMETHING_NEW", ""), "This number is worth a second look.");
  EXPECT_EQ(Shipped()->Message("en", "nonsense", "SOMETHING_NEW", ""), "SOMETHING_NEW");
}

TEST(MessageCatalogue, RegionsOfALanguageCountAsTheLanguage) {
  EXPECT_EQ(MessageCatalogue::Supported("en-GB", "fr"), "en");
  EXPECT_EQ(MessageCatalogue::Supported("de", "fr"), "fr");
  EXPECT_EQ(MessageCatalogue::Supported("", "en"), "en");
  EXPECT_EQ(MessageCatalogue::Supported("de", "es"), "fr");
}

TEST(MessageCatalogue, ALanguageOutlivesWhatItWasChosenFrom) {
  std::string_view chosen;
  {
    auto fallback = std::make_unique<std::string>("en");
    chosen = MessageCatalogue::Supported("de", *fallback);
    fallback->assign("xx");
  }
  EXPECT_EQ(chosen, "en");
}

TEST(MessageCatalogue, AKeyThatOneLanguageLacksIsRefused) {
  const limpid::testing::TempDir folder;
  std::filesystem::create_directories(folder.path() / "messages");
  std::ofstream(folder.File("messages/fr.tsv")) << "a\tA\nb\tB\n";
  std::ofstream(folder.File("messages/en.tsv")) << "a\tA\n";
  EXPECT_THAT(std::string(MessageCatalogue::Load(folder.path().string()).status().message()),
              HasSubstr("differ"));
}

}  // namespace
}  // namespace limpid::gateway
