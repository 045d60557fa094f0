#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::verify {

/// What a mail server answered to one command (RFC 5321 §4.2), or its greeting.
struct SmtpReply {
  int code = 0;                    ///< 200 to 599.
  std::string enhanced_code;       ///< RFC 3463, `5.1.1`; empty when the server gives none.
  std::vector<std::string> lines;  ///< Without codes; each at most SmtpReplyReader::kKeptLineBytes.

  /// The lines in one, parted by spaces.
  std::string Text() const;
  bool Positive() const { return code / 100 == 2; }
  bool Transient() const { return code / 100 == 4; }
  bool Permanent() const { return code / 100 == 5; }
};

/// Cuts the bytes of a connection into replies. What a hostile server can make it keep is bounded. One thread
/// at a time.
class SmtpReplyReader {
 public:
  static constexpr std::size_t kMaxReplyBytes = 16 * 1024;
  static constexpr std::size_t kMaxReplyLines = 64;
  static constexpr std::size_t kKeptLineBytes = 512;

  enum class Fault {
    kNone,
    kGarbage,   ///< Not a reply: no code of three digits in front.
    kTooLarge,  ///< More bytes or lines than a reply may have.
  };

  /// Takes the next bytes. After a fault nothing more is read.
  void Feed(std::string_view bytes);
  /// The next complete reply, oldest first.
  std::optional<SmtpReply> Next();
  Fault fault() const { return fault_; }

 private:
  void EndLine();
  void TakeLine(std::string_view line);

  Fault fault_ = Fault::kNone;
  std::string line_;              ///< What of the current line is kept.
  std::size_t reply_bytes_ = 0;   ///< Of the reply that is being read, seen so far.
  SmtpReply reply_;               ///< The lines of it that are complete.
  std::vector<SmtpReply> ready_;  ///< Complete, not taken yet; from `taken_` on.
  std::size_t taken_ = 0;
};

}  // namespace limpid::verify
