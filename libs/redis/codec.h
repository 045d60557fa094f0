#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "libs/redis/reply.h"
#include "libs/redis/resp_scanner.h"

struct redisReader;

namespace limpid::redis {

/// A command as it goes on the wire. Each argument carries its length, so none can become another command.
std::string EncodeCommand(std::span<const std::string_view> arguments);

/// Turns the bytes of a connection into replies, by hiredis behind a RespScanner. One thread at a time.
class ReplyReader {
 public:
  explicit ReplyReader(RespScanner::Limits limits = {});
  /// Takes the next bytes. After an error (UNAVAILABLE) the connection is out of step: close it.
  absl::Status Feed(std::string_view bytes);
  /// The next complete reply, or nothing until more bytes are fed.
  absl::StatusOr<std::optional<Reply>> Next();

 private:
  struct Free {
    void operator()(redisReader* reader) const;
  };

  RespScanner scanner_;
  std::unique_ptr<redisReader, Free> reader_;
};

}  // namespace limpid::redis
