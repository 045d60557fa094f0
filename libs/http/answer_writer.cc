#include "libs/http/answer_writer.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/problem.h"
#include "libs/http/response_head.h"

namespace limpid::http::internal {
namespace {

// A body of up to this size goes out in one write with its head.
constexpr size_t kJoinedBody = 16 * 1024;
constexpr size_t kTypicalHead = 512;

}  // namespace

void AnswerWriter::For(bool head_only, bool http_1_0) {
  head_only_ = head_only;
  http_1_0_ = http_1_0;
}

void AnswerWriter::Whole(Response response, bool close, std::string_view date) {
  const bool joined = response.body.size() <= kJoinedBody;
  std::string head;
  head.reserve(kTypicalHead + (joined ? response.body.size() : 0));
  AppendHead(response.status, response.headers,
             {.content_length = response.body.size(), .close = close, .date = date}, head);
  if (head_only_) response.body.clear();
  if (joined) head.append(response.body);
  out_.push_back(std::move(head));
  if (!joined && !response.body.empty()) out_.push_back(std::move(response.body));
}

void AnswerWriter::Head(int status, const Headers& headers, bool close, std::string_view date) {
  std::string head;
  AppendHead(status, headers, {.chunked = !http_1_0_, .close = close, .date = date}, head);
  out_.push_back(std::move(head));
}

bool AnswerWriter::Piece(std::string_view piece) {
  // An empty chunk would be the last one.
  if (piece.empty() || head_only_) return false;
  out_.push_back(http_1_0_ ? std::string(piece)
                           : absl::StrCat(absl::Hex(piece.size()), "\r\n", Absl(piece), "\r\n"));
  return true;
}

bool AnswerWriter::End() {
  if (http_1_0_ || head_only_) return false;
  out_.emplace_back("0\r\n\r\n");
  return true;
}

std::string_view AnswerWriter::next() const {
  return out_.empty() ? std::string_view() : std::string_view(out_.front()).substr(sent_);
}

void AnswerWriter::Sent(size_t n) {
  sent_ += n;
  if (out_.empty() || sent_ < out_.front().size()) return;
  out_.erase(out_.begin());
  sent_ = 0;
}

std::string TooManyConnectionsAnswer() {
  Response response =
      ProblemResponse(WithRetryAfter(MakeError(absl::StatusCode::kUnavailable, reason::kOverloaded,
                                               "There are too many connections: ask again later."),
                                     absl::Seconds(1)),
                      {});
  AnswerWriter writer;
  writer.Whole(std::move(response), /*close=*/true, {});
  return std::string(writer.next());
}

}  // namespace limpid::http::internal
