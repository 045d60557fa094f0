#include "libs/testing/mail_server_user.h"

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "libs/base/strings.h"

namespace limpid::testing {
namespace {

// Outside the ranges that Debian gives to users, system users and containers' users.
constexpr int kOtherUser = 63250;

int UserId() { return geteuid() == 0 ? kOtherUser : static_cast<int>(geteuid()); }
int GroupId() { return geteuid() == 0 ? kOtherUser : static_cast<int>(getegid()); }

}  // namespace

std::string UnpackedMailFile(std::string_view path) { return StrCat(LIMPID_MAIL_SERVERS, "/", path); }

absl::Status MailServersUnpacked() {
  if (std::filesystem::exists(UnpackedMailFile("unpacked"))) return absl::OkStatus();
  return absl::FailedPreconditionError("no mail servers: run scripts/bootstrap --test");
}

std::map<std::string, std::string> MailServerEnvironment(const TempDir& folder,
                                                         std::initializer_list<std::string_view> names) {
  const std::string users = folder.File("passwd");
  const std::string groups = folder.File("group");
  std::ofstream user_table(users);
  std::ofstream group_table(groups);
  // In front, because who looks a number up is to find these.
  int next = 0;
  for (const std::string_view name : names) {
    user_table << name << ":x:" << UserId() + next << ':' << GroupId() + next << "::/:/bin/false\n";
    group_table << name << ":x:" << GroupId() + next << ":\n";
    ++next;
  }
  user_table << std::ifstream("/etc/passwd").rdbuf();
  group_table << std::ifstream("/etc/group").rdbuf();
  const std::string libraries = UnpackedMailFile("usr/lib/x86_64-linux-gnu");
  return {{"LD_LIBRARY_PATH", StrCat(libraries, ":", UnpackedMailFile("usr/lib/postfix"))},
          {"LD_PRELOAD", StrCat(libraries, "/libnss_wrapper.so")},
          {"NSS_WRAPPER_PASSWD", users},
          {"NSS_WRAPPER_GROUP", groups}};
}

std::map<std::string, std::string> WithRootPretended(std::map<std::string, std::string> environment) {
  if (geteuid() == 0) return environment;
  StrAppend(environment["LD_PRELOAD"], ":", UnpackedMailFile("usr/lib/x86_64-linux-gnu/libuid_wrapper.so"));
  environment["UID_WRAPPER"] = "1";
  environment["UID_WRAPPER_ROOT"] = "1";
  return environment;
}

std::string MakeMailServerFolder(const TempDir& folder, std::string_view name) {
  const std::string path = folder.File(name);
  std::filesystem::create_directories(path);
  if (geteuid() == 0) {
    // The user must also get through the folder around it, which is its maker's alone.
    std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all |
                                                    std::filesystem::perms::group_exec |
                                                    std::filesystem::perms::others_exec);
    if (chown(path.c_str(), static_cast<uid_t>(UserId()), static_cast<gid_t>(GroupId())) != 0) return {};
  }
  return path;
}

}  // namespace limpid::testing
