#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace limpid::http {

/// A TCP connection that sends whatever it is told to, HTTP or not. Ends the test process' wait after 20 s.
class RawClient {
 public:
  explicit RawClient(uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False when the peer refuses to take it.
  bool Send(std::string_view bytes);
  /// Says that nothing more will be sent.
  void HalfClose();
  /// One whole answer with Content-Length or chunks; what there is when the peer closes first.
  std::string ReadAnswer();
  /// Everything until the peer closes.
  std::string ReadAll();
  /// Reads until `text` has come; false when the peer closes first.
  bool ReadUntil(std::string_view text);

 private:
  /// False at the end.
  bool Receive();

  int fd_ = -1;
  std::string buffer_;
};

/// The status of an answer, 0 when there is none.
int StatusOf(std::string_view answer);
/// What follows the head.
std::string_view BodyOf(std::string_view answer);

}  // namespace limpid::http
