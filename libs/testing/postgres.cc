#include "libs/testing/postgres.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <system_error>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libs/base/strings.h"

namespace limpid::testing {
namespace {

constexpr std::string_view kVersionsFolder = "/usr/lib/postgresql";
constexpr auto kStartTimeout = std::chrono::seconds(60);

// The newest server that Debian's packages have laid.
std::string Binary(std::string_view name) {
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& version : std::filesystem::directory_iterator(kVersionsFolder, error)) {
    const std::filesystem::path binary = version.path() / "bin" / name;
    if (std::filesystem::exists(binary, error)) found.push_back(binary.string());
  }
  return found.empty() ? std::string() : *std::ranges::max_element(found);
}

const passwd* OtherUser() { return geteuid() == 0 ? getpwnam("postgres") : nullptr; }

// Starts a program, as `postgres` when we are root, its words into `log`.
pid_t Spawn(const std::vector<std::string>& command, const std::string& log) {
  const passwd* const user = OtherUser();
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child != 0) return child;
  // Only what is safe between fork and exec.
  const int output = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (output >= 0) {
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
  }
  if (user != nullptr &&
      (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) {
    _exit(126);
  }
  // A group of its own, so that an interrupt of the test reaches us first; SIGQUIT: immediate shutdown.
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (getppid() != parent) _exit(125);
  execv(arguments.front(), arguments.data());
  _exit(127);
}

int WaitFor(pid_t pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PostgresServer>> PostgresServer::Start() {
  auto server = std::unique_ptr<PostgresServer>(new PostgresServer());
  if (absl::Status status = server->Initialize(); !status.ok()) return status;
  if (absl::Status status = server->Run(); !status.ok()) return status;
  return server;
}

PostgresServer::~PostgresServer() { Kill(); }

std::string PostgresServer::url() const {
  return StrCat("postgres://limpid@/postgres?host=", folder_.path().string());
}

absl::Status PostgresServer::Initialize() {
  const std::string initdb = Binary("initdb");
  if (initdb.empty()) return absl::FailedPreconditionError("no PostgreSQL server is installed");
  if (const passwd* const user = OtherUser(); user != nullptr) {
    if (chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0) {
      return absl::InternalError("the folder cannot be given to postgres");
    }
  }
  const pid_t pid = Spawn({initdb, "-D", folder_.File("data"), "-U", "limpid", "-A", "trust", "-E", "UTF8",
                           "--locale=C", "--no-sync", "--no-instructions"},
                          "/dev/null");
  return WaitFor(pid) == 0 ? absl::OkStatus() : absl::InternalError("initdb failed");
}

absl::Status PostgresServer::Run() {
  pid_ =
      Spawn({Binary("postgres"), "-D", folder_.File("data"), "-k", folder_.path().string(), "-c",
             "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=60", "-c", "shared_buffers=16MB"},
            "/dev/null");
  const std::string ready = Binary("pg_isready");
  const auto give_up = std::chrono::steady_clock::now() + kStartTimeout;
  while (std::chrono::steady_clock::now() < give_up) {
    if (WaitFor(Spawn({ready, "-q", "-h", folder_.path().string(), "-d", "postgres"}, "/dev/null")) == 0) {
      return absl::OkStatus();
    }
    if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
      pid_ = 0;
      return absl::InternalError("postgres ended while starting");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return absl::DeadlineExceededError("postgres is not ready");
}

void PostgresServer::Kill() {
  if (pid_ <= 0) return;
  // Immediate shutdown: no checkpoint, recovery at the next start; its children end with it.
  kill(pid_, SIGQUIT);
  WaitFor(pid_);
  pid_ = 0;
}

absl::Status PostgresServer::Restart() {
  Kill();
  return Run();
}

}  // namespace limpid::testing
