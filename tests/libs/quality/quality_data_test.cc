#include "libs/quality/quality_data.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <phonenumbers/phonemetadata.pb.h>

#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/quality/data_file.h"
#include "libs/quality/email/list_files.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

namespace fs = std::filesystem;

/// Today's metadata without the mobile numbers of France.
std::string WithoutFrenchMobiles() {
  i18n::phonenumbers::PhoneMetadataCollection metadata;
  EXPECT_TRUE(metadata.ParseFromString(EmbeddedMetadata().plan));
  for (auto& territory : *metadata.mutable_metadata()) {
    if (territory.id() == "FR") territory.clear_mobile();
  }
  return metadata.SerializeAsString();
}

/// A copy of the project's data that a test may change.
class QualityDataTest : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::path(testing::TempDir()) / ("quality_data_" + std::to_string(::getpid()));
    for (const char* part : {"email", "phone", "names"}) {
      fs::create_directories(directory_ / part);
      fs::copy(fs::path(LIMPID_SOURCE_DIR) / "data" / part, directory_ / part);
    }
  }
  void TearDown() override { fs::remove_all(directory_); }

  void Append(const char* file, const char* line) { std::ofstream(directory_ / file, std::ios::app) << line; }

  fs::path directory_;
};

TEST_F(QualityDataTest, VersionFollowsTheContent) {
  const auto first = QualityData::Load(directory_.string());
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ((*first)->version(), TestData()->version()) << "the folder's name does not matter";
  Append("email/disposable_cc0.txt", "brand-new-throw-away.fr\n");
  const auto second = QualityData::Load(directory_.string());
  ASSERT_TRUE(second.ok());
  EXPECT_NE((*second)->version(), (*first)->version());
  EXPECT_TRUE((*second)->email().domains().Find("brand-new-throw-away.fr") & kMarkDisposable);
  EXPECT_FALSE((*first)->email().domains().Find("brand-new-throw-away.fr") & kMarkDisposable);
}

TEST_F(QualityDataTest, MapsTheCompiledListsUnlessATextIsNewer) {
  const std::string compiled = CompiledListsPath(directory_.string());
  const auto write = [&](std::string_view image) {
    std::ofstream(compiled, std::ios::binary | std::ios::trunc) << image;
  };
  write(CompileEmailLists(ReadEmailListTexts(directory_.string()).value()).value());
  fs::last_write_time(compiled, fs::file_time_type::clock::now() + std::chrono::hours(1));
  const auto mapped = QualityData::Load(directory_.string());
  ASSERT_TRUE(mapped.ok()) << mapped.status();
  EXPECT_EQ((*mapped)->version(), TestData()->version()) << "the way of loading does not matter";
  EXPECT_TRUE((*mapped)->email().domains().Find("mailinator.com") & kMarkDisposable);

  fs::remove(directory_ / "email/providers.tsv");
  EXPECT_TRUE(QualityData::Load(directory_.string()).ok()) << "the texts are not needed";
  fs::remove(compiled);
  write("half a file");
  fs::last_write_time(compiled, fs::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_EQ(QualityData::Load(directory_.string()).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE((*mapped)->email().domains().Find("mailinator.com") & kMarkDisposable)
      << "who has mapped the old file keeps it";
}

TEST_F(QualityDataTest, TakesNewerTextsRatherThanAnOldCompiledFile) {
  const std::string compiled = CompiledListsPath(directory_.string());
  std::ofstream(compiled) << "an old one";
  fs::last_write_time(compiled, fs::file_time_type::clock::now() - std::chrono::hours(24 * 365 * 10));
  EXPECT_TRUE(QualityData::Load(directory_.string()).ok());
}

TEST_F(QualityDataTest, HasAnotherStampWhenAFileChanges) {
  const std::vector<std::string> files = QualityData::Files(directory_.string());
  const uint64_t stamp = StampOfFiles(files);
  EXPECT_EQ(StampOfFiles(files), stamp);
  for (const char* file :
       {"email/role_words.txt", "phone/ranges.tsv", "names/nicknames.tsv", "email/lists.bin"}) {
    const uint64_t before = StampOfFiles(files);
    Append(file, "x");
    EXPECT_NE(StampOfFiles(files), before) << file;
  }
}

TEST_F(QualityDataTest, NamesTheFileThatIsMissing) {
  fs::remove(directory_ / "email/providers.tsv");
  const absl::Status status = QualityData::Load(directory_.string()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(DetailsOf(status).resource_id, "email/providers.tsv");
}

TEST_F(QualityDataTest, NamesTheListThatCannotBeRead) {
  Append("phone/ranges.tsv", "33\t6\tnine\tVOIP\tnobody\n");
  const absl::Status status = QualityData::Load(directory_.string()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(DetailsOf(status).violations[0].field, "ranges");
}

TEST_F(QualityDataTest, RefusesAFlagThatNobodyKnows) {
  Append("phone/ranges.tsv", "33\t6\t9\tNO_SUCH_FLAG\tnobody\n");
  EXPECT_FALSE(QualityData::Load(directory_.string()).ok());
}

TEST_F(QualityDataTest, TakesTheEmbeddedNumberPlanWithoutFilesOfOne) {
  for (const char* file : {"metadata.pb", "short_metadata.pb", "metadata_version.txt"}) {
    fs::remove(directory_ / "phone" / file);
  }
  const auto data = QualityData::Load(directory_.string());
  ASSERT_TRUE(data.ok()) << data.status();
  EXPECT_EQ((*data)->number_plan().version(), TestData()->number_plan().version());
}

// What a service does at SIGHUP, with calls under way.
TEST_F(QualityDataTest, ANewNumberPlanComesIntoForceWhileNumbersAreRead) {
  const auto load = [&] { return QualityData::Load(directory_.string()).value(); };
  Snapshot<QualityData> in_force(load());
  std::atomic<bool> replaced = false;
  std::atomic<int> read = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 2; ++i) {
    callers.emplace_back([&] {
      while (!replaced) {
        const std::shared_ptr<const QualityData> data = in_force.Get();
        const PlannedNumber number = data->number_plan().Read("06 12 34 56 78", "FR");
        EXPECT_EQ(number.valid(), data->number_plan().version() != "4.0.0+20270101");
        ++read;
      }
    });
  }
  while (read < 100) std::this_thread::yield();
  std::ofstream(directory_ / "phone/metadata.pb", std::ios::binary) << WithoutFrenchMobiles();
  std::ofstream(directory_ / "phone/metadata_version.txt") << "google-libphonenumber 4.0.0 2027-01-01\n";
  const std::shared_ptr<const QualityData> newer = load();
  in_force.Set(newer);
  for (const int so_far = read; read < so_far + 100;) std::this_thread::yield();
  replaced = true;
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(newer->number_plan().version(), "4.0.0+20270101");
}

TEST_F(QualityDataTest, RefusesHalfANumberPlan) {
  fs::remove(directory_ / "phone/short_metadata.pb");
  EXPECT_EQ(QualityData::Load(directory_.string()).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(QualityDataTest, RefusesANumberPlanThatCannotBeRead) {
  std::ofstream(directory_ / "phone/metadata.pb") << "cut off";
  EXPECT_EQ(QualityData::Load(directory_.string()).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace limpid::quality
