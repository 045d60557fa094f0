#pragma once

#include <stop_token>
#include <thread>

#include <pthread.h>

namespace limpid::cli {

/// Turns the first Ctrl-C (SIGINT, SIGTERM) into a request to stop, and lets the second one end the process.
/// Make it before any other thread: threads inherit that they leave the signals to it.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }
  bool requested() const { return source_.stop_requested(); }

 private:
  std::stop_source source_;
  std::thread waiter_;
};

}  // namespace limpid::cli
