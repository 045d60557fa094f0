#include "gateway/transcoding/stream_answer.h"

#include <optional>
#include <utility>

#include "google/protobuf/message.h"

#include "libs/base/mutex.h"
#include "libs/base/strings.h"
#include "libs/http/json_writer.h"

namespace limpid::gateway {
namespace {

class StreamAnswer final : public StreamSink, public std::enable_shared_from_this<StreamAnswer> {
 public:
  StreamAnswer(http::Responder responder, StreamAnswerOptions options)
      : options_(std::move(options)), responder_(std::move(responder)) {}

  void OnMessage(std::unique_ptr<google::protobuf::Message> message,
                 absl::AnyInvocable<void(bool go_on)> more) override {
    std::string json;
    http::AppendJson(*message, json);
    {
      MutexLock lock(mutex_);
      writing_ = true;
    }
    Open();
    stream_->Write(Row(json),
                   [self = shared_from_this(), more = std::move(more)](absl::Status status) mutable {
                     if (!self->Written()) more(status.ok());
                   });
  }

  void OnEnd(absl::Status status) override {
    {
      MutexLock lock(mutex_);
      // The end may come while a row is on its way, when the source gave up by itself.
      if (writing_) {
        end_ = std::move(status);
        return;
      }
    }
    End(status);
  }

 private:
  void Open() {
    if (stream_) return;
    http::Headers headers = std::move(options_.headers);
    headers.emplace_back("Content-Type",
                         options_.form == StreamForm::kEvents ? "text/event-stream" : "application/x-ndjson");
    stream_ = responder_.Stream(200, std::move(headers));
  }

  std::string Row(std::string_view json) const {
    return options_.form == StreamForm::kEvents ? StrCat("data: ", json, "\n\n") : StrCat(json, "\n");
  }

  std::string ErrorRow(const absl::Status& status) const {
    const std::string json = StrCat("{\"error\":", options_.problem_json(status), "}");
    return options_.form == StreamForm::kEvents ? StrCat("event: error\n", Row(json)) : Row(json);
  }

  /// A row has been taken; true when the source had ended meanwhile.
  bool Written() {
    std::optional<absl::Status> end;
    {
      MutexLock lock(mutex_);
      writing_ = false;
      end = std::exchange(end_, std::nullopt);
    }
    if (end) End(*end);
    return end.has_value();
  }

  void End(const absl::Status& status) {
    options_.ended(status);
    if (!stream_ && !status.ok()) return responder_.Send(options_.problem(status));
    Open();
    if (status.ok()) return stream_->Finish();
    stream_->Write(ErrorRow(status),
                   [self = shared_from_this()](const absl::Status&) { self->stream_->Finish(); });
  }

  StreamAnswerOptions options_;
  http::Responder responder_;
  std::optional<http::ResponseStream> stream_;
  Mutex mutex_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

StreamForm StreamFormOf(const http::Request& request) {
  const auto accept = request.Header("Accept");
  return accept && accept->find("text/event-stream") != std::string_view::npos ? StreamForm::kEvents
                                                                               : StreamForm::kLines;
}

std::shared_ptr<StreamSink> MakeStreamAnswer(http::Responder responder, StreamAnswerOptions options) {
  return std::make_shared<StreamAnswer>(std::move(responder), std::move(options));
}

}  // namespace limpid::gateway
