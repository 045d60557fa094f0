#include "verify-svc/email/smtp/reply.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"

namespace limpid::verify {
namespace {

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// The length of `5.1.1` at the beginning of a line (RFC 2034 §4); 0 where there is none.
std::size_t EnhancedCodeSize(std::string_view text) {
  if (text.size() < 5 || (text[0] != '2' && text[0] != '4' && text[0] != '5')) return 0;
  std::size_t at = 1;
  for (int part = 0; part < 2; ++part) {
    if (at >= text.size() || text[at] != '.') return 0;
    const std::size_t first = ++at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    if (at == first || at - first > 3) return 0;
  }
  const bool ends = at == text.size() || absl::ascii_isspace(static_cast<unsigned char>(text[at]));
  return ends ? at : 0;
}

}  // namespace

std::string SmtpReply::Text() const { return absl::StrJoin(lines, " "); }

void SmtpReplyReader::Feed(std::string_view bytes) {
  while (!bytes.empty() && fault_ == Fault::kNone) {
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    reply_bytes_ += part.size() + 1;
    if (reply_bytes_ > kMaxReplyBytes) {
      fault_ = Fault::kTooLarge;
      return;
    }
    // Room for the codes in front, which are no part of the text.
    const std::size_t kept = kKeptLineBytes + 16;
    if (line_.size() < kept) line_.append(part.substr(0, kept - line_.size()));
    if (end == std::string_view::npos) return;
    bytes.remove_prefix(end + 1);
    EndLine();
  }
}

void SmtpReplyReader::EndLine() {
  if (!line_.empty() && line_.back() == '\r') line_.pop_back();
  const std::string line = std::exchange(line_, {});
  TakeLine(line);
}

void SmtpReplyReader::TakeLine(std::string_view line) {
  const bool has_code =
      line.size() >= 3 && line[0] >= '2' && line[0] <= '5' && IsDigit(line[1]) && IsDigit(line[2]);
  const bool goes_on = line.size() > 3 && line[3] == '-';
  if (!has_code || (line.size() > 3 && line[3] != ' ' && !goes_on)) {
    fault_ = Fault::kGarbage;
    return;
  }
  if (reply_.lines.size() == kMaxReplyLines) {
    fault_ = Fault::kTooLarge;
    return;
  }
  reply_.code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  line.remove_prefix(line.size() > 3 ? 4 : 3);
  if (const std::size_t size = EnhancedCodeSize(line); size > 0) {
    reply_.enhanced_code = line.substr(0, size);
    line.remove_prefix(size);
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  }
  reply_.lines.emplace_back(line.substr(0, kKeptLineBytes));
  if (goes_on) return;
  ready_.push_back(std::exchange(reply_, {}));
  reply_bytes_ = 0;
}

std::optional<SmtpReply> SmtpReplyReader::Next() {
  if (taken_ == ready_.size()) {
    ready_.clear();
    taken_ = 0;
    return std::nullopt;
  }
  return std::move(ready_[taken_++]);
}

}  // namespace limpid::verify
