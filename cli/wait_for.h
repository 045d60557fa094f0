#pragma once

#include <future>
#include <utility>

#include "absl/status/statusor.h"

#include "libs/base/call.h"

namespace limpid::cli {

/// Starts something that answers through a Done, and waits for the answer: for subcommands that ask once.
template <class T, class Start>
absl::StatusOr<T> WaitFor(Start start) {
  std::promise<absl::StatusOr<T>> answer;
  auto future = answer.get_future();
  start([&answer](absl::StatusOr<T> value) { answer.set_value(std::move(value)); });
  return future.get();
}

}  // namespace limpid::cli
