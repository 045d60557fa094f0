#include "libs/testing/process.h"

#include <array>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libs/base/error.h"
#include "libs/base/strings.h"

namespace limpid::testing {
namespace {

constexpr auto kPatience = std::chrono::minutes(1);
constexpr std::array kPassedOn = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"};

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Process>> Process::Start(Options options) {
  std::vector<std::string> environment;
  for (const char* name : kPassedOn) {
    if (const char* value = std::getenv(name); value != nullptr)
      environment.push_back(StrCat(name, "=", value));
  }
  for (const auto& [name, value] : options.environment) environment.push_back(StrCat(name, "=", value));
  // Made before the fork: the child may only call what is safe in a signal handler.
  std::vector<char*> arguments = Pointers(options.command);
  std::vector<char*> variables = Pointers(environment);
  std::array<int, 2> pipe_ends{};
  if (::pipe2(pipe_ends.data(), O_CLOEXEC) != 0) return Unavailable("pipe");
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return Unavailable("fork");
  if (pid == 0) {
    // A group of its own, with what it starts itself: a mail server has a process for each connection.
    ::setpgid(0, 0);
    // The test may be killed: nothing is left behind.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    ::dup2(pipe_ends[1], STDERR_FILENO);
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, STDIN_FILENO);
    ::dup2(null, STDOUT_FILENO);
    if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(127);
    ::execvpe(arguments[0], arguments.data(), variables.data());
    ::_exit(127);
  }
  // Here as well, or the destructor might come before the child gets there.
  ::setpgid(pid, pid);
  ::close(pipe_ends[1]);
  std::unique_ptr<Process> process(new Process());
  process->pid_ = pid;
  process->reader_ = std::thread([raw = process.get(), fd = pipe_ends[0]] { raw->Read(fd); });
  return process;
}

Process::~Process() {
  // The group and not the process alone: whoever of it lives on holds stderr, and the reader waits for its
  // end.
  ::kill(-pid_, SIGKILL);
  Wait();
  reader_.join();
}

void Process::Read(int fd) {
  std::string rest;
  std::array<char, 4096> buffer{};
  for (ssize_t count = 0; (count = ::read(fd, buffer.data(), buffer.size())) > 0;) {
    rest.append(buffer.data(), static_cast<size_t>(count));
    for (size_t end = 0; (end = rest.find('\n')) != std::string::npos;) {
      MutexLock lock(mutex_);
      lines_.push_back(rest.substr(0, end));
      rest.erase(0, end + 1);
      changed_.NotifyAll();
    }
  }
  ::close(fd);
  MutexLock lock(mutex_);
  if (!rest.empty()) lines_.push_back(std::move(rest));
  ended_ = true;
  changed_.NotifyAll();
}

std::optional<std::string> Process::WaitForLine(std::string_view text) {
  std::optional<std::string> found;
  size_t seen = 0;
  MutexLock lock(mutex_);
  changed_.WaitUntil(mutex_, std::chrono::steady_clock::now() + kPatience,
                     [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
                       for (; seen < lines_.size() && !found; ++seen) {
                         if (lines_[seen].find(text) != std::string::npos) found = lines_[seen];
                       }
                       return found.has_value() || ended_;
                     });
  return found;
}

std::string Process::Output() const {
  MutexLock lock(mutex_);
  std::string all;
  for (const std::string& line : lines_) StrAppend(all, line, "\n");
  return all;
}

void Process::Signal(int signal) const { ::kill(pid_, signal); }

int Process::Wait() {
  if (!status_) {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }
  return *status_;
}

}  // namespace limpid::testing
