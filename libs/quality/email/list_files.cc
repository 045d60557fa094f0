#include "libs/quality/email/list_files.h"

#include <filesystem>
#include <system_error>

#include "libs/base/strings.h"
#include "libs/quality/data_file.h"

namespace limpid::quality {
namespace {

namespace fs = std::filesystem;

bool IsNewerThanTexts(const fs::path& compiled, const std::string& directory) {
  std::error_code error;
  const fs::file_time_type built = fs::last_write_time(compiled, error);
  if (error) return false;
  for (const EmailListText& text : kEmailListTexts) {
    const fs::file_time_type written = fs::last_write_time(fs::path(directory) / text.name, error);
    if (!error && written > built) return false;
  }
  return true;
}

}  // namespace

std::string CompiledListsPath(const std::string& directory) {
  std::error_code error;
  const bool source_tree = fs::equivalent(directory, LIMPID_SOURCE_DATA_DIR, error) && !error;
  return source_tree ? LIMPID_BUILT_EMAIL_LISTS : StrCat(directory, "/email/lists.bin");
}

absl::StatusOr<EmailListTexts> ReadEmailListTexts(const std::string& directory) {
  EmailListTexts texts;
  for (const EmailListText& text : kEmailListTexts) {
    absl::StatusOr<std::string> content = ReadDataFile(directory, text.name);
    if (!content.ok()) return content.status();
    texts.*text.text = *std::move(content);
  }
  return texts;
}

absl::StatusOr<EmailLists> LoadEmailLists(const std::string& directory) {
  const std::string compiled = CompiledListsPath(directory);
  if (IsNewerThanTexts(compiled, directory)) return EmailLists::Map(compiled);
  const absl::StatusOr<EmailListTexts> texts = ReadEmailListTexts(directory);
  if (!texts.ok()) return texts.status();
  return EmailLists::Compile(*texts);
}

}  // namespace limpid::quality
