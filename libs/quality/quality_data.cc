#include "libs/quality/quality_data.h"

#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "libs/base/strings.h"
#include "libs/quality/content_hash.h"
#include "libs/quality/data_file.h"
#include "libs/quality/email/list_files.h"

namespace limpid::quality {
namespace {

constexpr std::string_view kRanges = "phone/ranges.tsv";
constexpr std::string_view kMovedNumbers = "phone/moved_numbers.tsv";
constexpr std::string_view kPlan = "phone/metadata.pb";
constexpr std::string_view kShortNumbers = "phone/short_metadata.pb";
constexpr std::string_view kPlanVersion = "phone/metadata_version.txt";
constexpr std::string_view kGivenNames = "names/given_names.txt";
constexpr std::string_view kNicknames = "names/nicknames.tsv";
constexpr std::string_view kNameVariants = "names/name_variants.txt";
/// Beside the e-mail lists.
constexpr std::string_view kFiles[] = {kRanges,      kMovedNumbers, kPlan,      kShortNumbers,
                                       kPlanVersion, kGivenNames,   kNicknames, kNameVariants};

/// Reads files below one folder and remembers the first failure and what all of it hashes to.
class DataReader {
 public:
  explicit DataReader(std::string directory) : directory_(std::move(directory)) {}

  bool Has(std::string_view name) const { return std::filesystem::exists(StrCat(directory_, "/", name)); }

  std::string Read(std::string_view name) {
    absl::StatusOr<std::string> text = ReadDataFile(directory_, name);
    if (!text.ok()) {
      status_.Update(text.status());
      return {};
    }
    hash_.Add(name);
    hash_.Add(*text);
    return *std::move(text);
  }

  const absl::Status& status() const { return status_; }
  ContentHash hash() const { return hash_; }

 private:
  std::string directory_;
  absl::Status status_;
  ContentHash hash_;
};

/// The plan's three files, or what the program was built with when the folder has none of them.
MetadataBytes ReadMetadata(DataReader& reader) {
  if (!reader.Has(kPlan) && !reader.Has(kShortNumbers) && !reader.Has(kPlanVersion))
    return EmbeddedMetadata();
  return {.plan = reader.Read(kPlan),
          .short_numbers = reader.Read(kShortNumbers),
          .version = MetadataVersion(reader.Read(kPlanVersion))};
}

}  // namespace

absl::StatusOr<std::shared_ptr<const QualityData>> QualityData::Load(const std::string& directory) {
  absl::StatusOr<EmailLists> email = LoadEmailLists(directory);
  if (!email.ok()) return email.status();
  DataReader reader(directory);
  const std::string ranges = reader.Read(kRanges);
  const std::string moved = reader.Read(kMovedNumbers);
  MetadataBytes metadata = ReadMetadata(reader);
  const std::string names = reader.Read(kGivenNames);
  const std::string nicknames = reader.Read(kNicknames);
  const std::string variants = reader.Read(kNameVariants);
  if (!reader.status().ok()) return reader.status();

  absl::StatusOr<NumberRanges> phone = NumberRanges::Parse(ranges);
  if (!phone.ok()) return phone.status();
  absl::StatusOr<MovedNumbers> moved_numbers = MovedNumbers::Parse(moved);
  if (!moved_numbers.ok()) return moved_numbers.status();
  absl::StatusOr<std::shared_ptr<const NumberPlan>> number_plan = NumberPlan::Load(std::move(metadata));
  if (!number_plan.ok()) return number_plan.status();
  absl::StatusOr<text::GivenNames> given_names = text::GivenNames::Parse(names, nicknames, variants);
  if (!given_names.ok()) return given_names.status();

  std::shared_ptr<QualityData> data(new QualityData());
  ContentHash version = reader.hash();
  version.Add(StrCat(email->version()));
  data->version_ = version.Hex();
  data->email_ = *std::move(email);
  data->phone_ = *std::move(phone);
  data->moved_numbers_ = *std::move(moved_numbers);
  data->number_plan_ = *std::move(number_plan);
  data->given_names_ = *std::move(given_names);
  return data;
}

std::vector<std::string> QualityData::Files(const std::string& directory) {
  std::vector<std::string> files = {CompiledListsPath(directory)};
  for (const EmailListText& text : kEmailListTexts) files.push_back(StrCat(directory, "/", text.name));
  for (const std::string_view file : kFiles) files.push_back(StrCat(directory, "/", file));
  return files;
}

}  // namespace limpid::quality
