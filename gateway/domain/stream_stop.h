#pragma once

#include <stop_token>
#include <utility>

namespace limpid::gateway {

/// The stop of a stream, which either its client or the end of the door brings about.
class StreamStop {
 public:
  StreamStop(std::stop_token client, std::stop_token door)
      : by_client_(std::move(client), Pass{source_}), by_door_(std::move(door), Pass{source_}) {}

  std::stop_token token() const { return source_.get_token(); }

 private:
  struct Pass {
    std::stop_source source;
    void operator()() const {
      // A copy, for what a stop brings about may end the stream and this with it.
      std::stop_source stream = source;
      stream.request_stop();
    }
  };

  std::stop_source source_;
  std::stop_callback<Pass> by_client_;
  std::stop_callback<Pass> by_door_;
};

}  // namespace limpid::gateway
