#include "cli/file_text.h"

#include <fstream>
#include <string>

#include <gmock/gmock.h>

#include "libs/testing/temp_dir.h"

namespace limpid::cli {
namespace {

using ::testing::HasSubstr;
using namespace std::string_literals;

TEST(DecodeText, TakesUtf8AsItIs) {
  const FileText file = DecodeText("Chloé, 李, 🙂");
  EXPECT_EQ(file.text, "Chloé, 李, 🙂");
  EXPECT_EQ(file.encoding, Encoding::kUtf8);
}

TEST(DecodeText, TakesTheByteOrderMarkOff) {
  EXPECT_EQ(DecodeText("\xEF\xBB\xBF"
                       "é")
                .text,
            "é");
  EXPECT_EQ(DecodeText("\xEF\xBB\xBF").text, "");
}

TEST(DecodeText, FallsBackToWindows1252) {
  const FileText file = DecodeText("Andr\xE9, \x80 5, L\x92oeil");
  EXPECT_EQ(file.text, "André, € 5, L’oeil");
  EXPECT_EQ(file.encoding, Encoding::kWindows1252);
}

TEST(DecodeText, SeesWhatOnlyLooksLikeUtf8) {
  // Overlong, surrogate, beyond Unicode, cut off, stray continuation.
  for (const std::string& bytes : {"\xC0\xAF"s, "\xE0\x80\xAF"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s,
                                   "a\xC3"s, "\x80"s, "\xF8\x88\x80\x80\x80"s}) {
    EXPECT_EQ(DecodeText(bytes).encoding, Encoding::kWindows1252) << ::testing::PrintToString(bytes);
  }
}

TEST(DecodeText, ReadsUtf16OfEitherOrder) {
  EXPECT_EQ(DecodeText("\xFF\xFE"
                       "a\0\xE9\0"s)
                .text,
            "aé");
  EXPECT_EQ(DecodeText("\xFE\xFF"
                       "\0a\0\xE9"s)
                .text,
            "aé");
  EXPECT_EQ(DecodeText("\xFF\xFE\x3D\xD8\x42\xDE"s).text, "🙂");
  EXPECT_EQ(DecodeText("\xFF\xFE"
                       "a\0"s)
                .encoding,
            Encoding::kUtf16);
}

TEST(DecodeText, MarksWhatIsBrokenInUtf16) {
  EXPECT_EQ(DecodeText("\xFF\xFE\x3D\xD8"
                       "a\0"s)
                .text,
            "\xEF\xBF\xBD"
            "a");
  EXPECT_EQ(DecodeText("\xFF\xFE\x42\xDE"s).text, "\xEF\xBF\xBD");
  EXPECT_EQ(DecodeText("\xFF\xFE\x3D\xD8"s).text, "\xEF\xBF\xBD");
  EXPECT_EQ(DecodeText("\xFF\xFE"
                       "a\0b"s)
                .text,
            "a");
}

TEST(ReadFile, ReadsItAll) {
  limpid::testing::TempDir folder;
  const std::string content(200'000, 'x');
  std::ofstream(folder.File("a")) << content;
  EXPECT_EQ(*ReadFile(folder.File("a"), 200'000), content);
}

TEST(ReadFile, NamesTheFileThatItCannotRead) {
  limpid::testing::TempDir folder;
  std::ofstream(folder.File("big")) << "12345";
  const absl::Status missing = ReadFile(folder.File("nothing"), 10).status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(missing.message()), HasSubstr("nothing"));
  EXPECT_THAT(std::string(ReadFile(folder.path().string(), 10).status().message()), HasSubstr("folder"));
  EXPECT_THAT(std::string(ReadFile(folder.File("big"), 4).status().message()), HasSubstr("larger than 4"));
}

}  // namespace
}  // namespace limpid::cli
