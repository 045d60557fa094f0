#include "libs/quality/quality_data.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/strings.h"

namespace limpid::quality {
namespace {

/// FNV-1a over names and contents: tells data sets apart, guards against nothing.
class ContentHash {
 public:
  void Add(std::string_view bytes) {
    for (const char c : bytes) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  std::string Hex() const {
    // Twelve digits fit into a std::string without allocation, and every verdict carries a copy.
    char hex[13];
    std::snprintf(hex, sizeof(hex), "%012llx", static_cast<unsigned long long>(state_ >> 16));
    return hex;
  }

 private:
  uint64_t state_ = 0xCBF29CE484222325ULL;
};

/// Reads files below one folder and remembers the first failure and what all of it hashes to.
class DataReader {
 public:
  explicit DataReader(std::string directory) : directory_(std::move(directory)) {}

  bool Has(const char* name) const { return std::filesystem::exists(StrCat(directory_, "/", name)); }

  std::string Read(const char* name) {
    if (!status_.ok()) return {};
    std::ifstream file(StrCat(directory_, "/", name), std::ios::binary | std::ios::ate);
    if (!file) {
      status_ = NotFound("data file", name);
      return {};
    }
    std::string text(static_cast<std::size_t>(file.tellg()), '\0');
    file.seekg(0);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file) status_ = NotFound("data file", name);
    hash_.Add(name);
    hash_.Add(text);
    return text;
  }

  const absl::Status& status() const { return status_; }
  std::string Version() const { return hash_.Hex(); }

 private:
  std::string directory_;
  absl::Status status_;
  ContentHash hash_;
};

/// The plan's three files, or what the program was built with when the folder has none of them.
MetadataBytes ReadMetadata(DataReader& reader) {
  constexpr const char* kPlan = "phone/metadata.pb";
  constexpr const char* kShortNumbers = "phone/short_metadata.pb";
  constexpr const char* kVersion = "phone/metadata_version.txt";
  if (!reader.Has(kPlan) && !reader.Has(kShortNumbers) && !reader.Has(kVersion)) return EmbeddedMetadata();
  return {.plan = reader.Read(kPlan),
          .short_numbers = reader.Read(kShortNumbers),
          .version = MetadataVersion(reader.Read(kVersion))};
}

EmailListTexts ReadEmailLists(DataReader& reader) {
  return {
      .disposable_cc0 = reader.Read("email/disposable_cc0.txt"),
      .disposable_ivolo = reader.Read("email/disposable_ivolo.txt"),
      .disposable_wildcard = reader.Read("email/disposable_wildcard.txt"),
      .allowed_domains = reader.Read("email/allowed_domains.txt"),
      .alias_relays = reader.Read("email/alias_relays.txt"),
      .free_providers = reader.Read("email/free_providers.txt"),
      .providers = reader.Read("email/providers.tsv"),
      .real_domains = reader.Read("email/real_domains.txt"),
      .typo_domains = reader.Read("email/typo_domains.tsv"),
      .common_tlds = reader.Read("email/common_tlds.tsv"),
      .reserved_domains = reader.Read("email/reserved_domains.tsv"),
      .public_suffixes = reader.Read("email/public_suffix_list.dat"),
      .role_accounts = reader.Read("email/role_accounts.txt"),
      .role_words = reader.Read("email/role_words.txt"),
      .no_reply_words = reader.Read("email/no_reply_words.txt"),
  };
}

}  // namespace

absl::StatusOr<std::shared_ptr<const QualityData>> QualityData::Load(const std::string& directory) {
  DataReader reader(directory);
  const EmailListTexts email_texts = ReadEmailLists(reader);
  const std::string ranges = reader.Read("phone/ranges.tsv");
  MetadataBytes metadata = ReadMetadata(reader);
  const std::string names = reader.Read("names/given_names.txt");
  const std::string nicknames = reader.Read("names/nicknames.tsv");
  const std::string variants = reader.Read("names/name_variants.txt");
  if (!reader.status().ok()) return reader.status();

  absl::StatusOr<EmailLists> email = EmailLists::Compile(email_texts);
  if (!email.ok()) return email.status();
  absl::StatusOr<NumberRanges> phone = NumberRanges::Parse(ranges);
  if (!phone.ok()) return phone.status();
  absl::StatusOr<std::shared_ptr<const NumberPlan>> number_plan = NumberPlan::Load(std::move(metadata));
  if (!number_plan.ok()) return number_plan.status();
  absl::StatusOr<text::GivenNames> given_names = text::GivenNames::Parse(names, nicknames, variants);
  if (!given_names.ok()) return given_names.status();

  std::shared_ptr<QualityData> data(new QualityData());
  data->version_ = reader.Version();
  data->email_ = *std::move(email);
  data->phone_ = *std::move(phone);
  data->number_plan_ = *std::move(number_plan);
  data->given_names_ = *std::move(given_names);
  return data;
}

std::string QualityData::DefaultDirectory() {
  std::error_code error;
  const std::filesystem::path executable = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const std::filesystem::path installed = executable.parent_path().parent_path() / "share/limpid/data";
    if (std::filesystem::is_directory(installed, error)) return installed.string();
  }
  return LIMPID_SOURCE_DATA_DIR;
}

}  // namespace limpid::quality
