#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

#include "gateway/forwarding/upstream.h"
#include "libs/http/message.h"
#include "libs/http/server.h"

namespace limpid::gateway {

/// How the rows of a stream stand in an HTTP answer.
enum class StreamForm {
  kLines,   ///< NDJSON: one JSON object a line.
  kEvents,  ///< Server-sent events: one `data:` each.
};

/// What `Accept` asks for.
StreamForm StreamFormOf(const http::Request& request);

struct StreamAnswerOptions {
  StreamForm form = StreamForm::kLines;
  http::Headers headers;
  /// Makes the whole answer of an error that comes before the first row, and the JSON of one that comes
  /// later.
  std::function<http::Response(const absl::Status&)> problem;
  std::function<std::string(const absl::Status&)> problem_json;
  absl::AnyInvocable<void(const absl::Status&)> ended;  ///< The end, for the observers.
};

/// Writes the messages of a server stream into an HTTP answer, one at a time and no faster than the client
/// reads. An error before the first row is the answer itself; later it is the last line, `{"error": …}`, or
/// the event `error`.
std::shared_ptr<StreamSink> MakeStreamAnswer(http::Responder responder, StreamAnswerOptions options);

}  // namespace limpid::gateway
