#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"

#include "libs/http/message.h"
#include "libs/http/server.h"

namespace limpid::http::internal {

/// A request while it is read: takes what a parser finds, in its order, and refuses what HTTP, a bound or a
/// rule of ours forbids. A parser that is laxer than this is enough; nothing that it merges or lets pass is
/// relied upon.
class RequestDraft {
 public:
  /// `limits` outlive the draft.
  explicit RequestDraft(const Server::Options& limits) : limits_(limits) {}

  /// `version` as 10 or 11.
  absl::Status OnRequestLine(std::string_view method, std::string_view target, int version);
  absl::Status OnField(std::string_view name, std::string_view value);
  absl::Status OnHeadEnd(bool chunked);
  /// What follows the size of a chunk.
  absl::Status OnChunkExtensions(std::string_view extensions);
  /// The length of a body that tells one.
  void OnBodyLength(uint64_t length);
  void OnBody(std::string_view piece) { request_.body.append(piece); }

  absl::Status HeadTooLarge() const;
  absl::Status BodyTooLarge() const;
  /// For what the parser itself refuses.
  static absl::Status NotHttp();

  /// What has been admitted so far.
  Request& request() { return request_; }
  bool http_1_0() const { return version_ == 10; }
  /// Whether the client waits for `100 Continue` before it sends the body.
  bool expects_continue() const { return expects_continue_; }

 private:
  /// Fields that decide who asks for what.
  enum Single : unsigned { kAuthorization = 1, kContentType = 2, kIdempotencyKey = 4, kIfMatch = 8 };

  absl::Status OnlyOnce(Single field, std::string_view name);
  absl::Status OnHost();
  absl::Status OnLength(std::string_view value);
  absl::Status OnCoding(std::string_view value);
  absl::Status OnExpect(std::string_view value);

  const Server::Options& limits_;
  Request request_;
  int version_ = 11;
  int hosts_ = 0;
  int lengths_ = 0;
  int codings_ = 0;
  size_t extension_bytes_ = 0;
  unsigned seen_ = 0;  ///< Of Single.
  bool expects_continue_ = false;
};

}  // namespace limpid::http::internal
