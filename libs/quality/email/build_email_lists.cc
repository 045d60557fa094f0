/// `build-email-lists DATA_FOLDER FILE` compiles the e-mail lists of a data folder into the file that the
/// services map. The file is replaced as a whole, so that whoever has mapped the old one keeps it.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/quality/email/email_lists.h"
#include "libs/quality/email/list_files.h"

namespace limpid::quality {
namespace {

absl::StatusOr<std::string> CompileFolder(const std::string& folder) {
  const absl::StatusOr<EmailListTexts> texts = ReadEmailListTexts(folder);
  if (!texts.ok()) return texts.status();
  absl::StatusOr<std::string> image = CompileEmailLists(*texts);
  if (!image.ok()) return image.status();
  // What the services would refuse is refused here.
  const absl::StatusOr<EmailLists> lists = EmailLists::Open(nullptr, *image);
  if (!lists.ok()) return lists.status();
  return image;
}

bool Replace(const std::string& path, std::string_view content) {
  const std::string fresh = StrCat(path, ".new");
  std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(fresh, path, error);
  return file && !error;
}

int Main(const std::string& folder, const std::string& path) {
  const absl::StatusOr<std::string> image = CompileFolder(folder);
  if (!image.ok()) {
    std::fprintf(stderr, "build-email-lists: %s\n", image.status().ToString().c_str());
    return 1;
  }
  if (!Replace(path, *image)) {
    std::fprintf(stderr, "build-email-lists: %s cannot be written\n", path.c_str());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace limpid::quality

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: build-email-lists DATA_FOLDER FILE\n", stderr);
    return 2;
  }
  return limpid::quality::Main(argv[1], argv[2]);
}
