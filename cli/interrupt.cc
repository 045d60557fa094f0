#include "cli/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include "cli/exit_code.h"

namespace limpid::cli {
namespace {

/// Wakes the waiting thread when nothing needs to be waited for any more.
constexpr int kEnough = SIGUSR2;

sigset_t Signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, kEnough}) sigaddset(&signals, signal);
  return signals;
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t signals = Signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  waiter_ = std::thread([this, signals] {
    int signal = 0;
    while (sigwait(&signals, &signal) == 0 && signal != kEnough) {
      if (source_.stop_requested()) _exit(kExitInterrupted);
      source_.request_stop();
    }
  });
}

Interrupt::~Interrupt() {
  pthread_kill(waiter_.native_handle(), kEnough);
  waiter_.join();
}

}  // namespace limpid::cli
