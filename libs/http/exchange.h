#pragma once

#include <string>

#include "libs/http/message.h"
#include "libs/http/server.h"

namespace limpid::http::internal {

/// What stands behind a Responder and its ResponseStream: the connection, a decorator that counts and logs
/// answers on their way to one, or a recorder in a test.
///
/// The order of calls is Send, or StartStream, Write…, then Finish or Abort; nothing follows Send, Finish or
/// Abort. Each may come from any thread.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual void Send(Response response) = 0;
  virtual void StartStream(int status, Headers headers) = 0;
  virtual void Write(std::string piece, ResponseStream::Written written) = 0;
  virtual void Finish() = 0;
  /// The stream was dropped unfinished: the client must be able to see that.
  virtual void Abort() = 0;
};

}  // namespace limpid::http::internal
