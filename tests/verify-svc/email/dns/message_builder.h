#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/strings.h"
#include "verify-svc/email/dns/dns_message.h"

namespace limpid::verify::dns {

/// Writes DNS answers byte by byte, right ones and wrong ones.
class MessageBuilder {
 public:
  MessageBuilder(std::string_view name, RecordType type, ResponseCode code = ResponseCode::kNoError)
      : code_(code), question_(Name(name) + Short(static_cast<std::uint16_t>(type)) + Short(1)) {}

  MessageBuilder& Mx(std::string_view owner, std::uint32_t ttl, std::uint16_t preference,
                     std::string_view host) {
    return Answer(owner, RecordType::kMx, ttl, Short(preference) + Name(host));
  }
  MessageBuilder& Cname(std::string_view owner, std::uint32_t ttl, std::string_view target) {
    return Answer(owner, RecordType::kCname, ttl, Name(target));
  }
  MessageBuilder& A(std::string_view owner, std::uint32_t ttl, std::string_view four_bytes) {
    return Answer(owner, RecordType::kA, ttl, std::string(four_bytes));
  }
  MessageBuilder& Txt(std::string_view owner, std::uint32_t ttl, const std::vector<std::string>& texts) {
    std::string data;
    for (const std::string& text : texts) data += static_cast<char>(text.size()) + text;
    return Answer(owner, RecordType::kTxt, ttl, data);
  }
  MessageBuilder& Raw(std::string_view owner, std::uint16_t type, const std::string& data) {
    return Answer(owner, static_cast<RecordType>(type), 1, data);
  }
  MessageBuilder& Soa(std::string_view owner, std::uint32_t ttl, std::uint32_t minimum) {
    ++authorities_;
    const std::string data = Name("ns.fr") + Name("admin.fr") + std::string(16, '\0') + Long(minimum);
    authority_ += Record(owner, RecordType::kSoa, ttl, data);
    return *this;
  }

  /// With the id and the flag "cut" of whoever asked for it.
  std::string Build(std::string_view id = {"\x12\x34", 2}, bool cut = false) const {
    const char flags = static_cast<char>(cut ? 0x83 : 0x81);
    return StrCat(id, std::string(1, flags),
                  std::string(1, static_cast<char>(0x80 | static_cast<int>(code_))), Short(1),
                  Short(answers_), Short(authorities_), Short(0), question_, answer_, authority_);
  }

 private:
  static std::string Short(std::uint16_t number) {
    return {static_cast<char>(number >> 8), static_cast<char>(number & 0xFF)};
  }
  static std::string Long(std::uint32_t number) {
    return Short(static_cast<std::uint16_t>(number >> 16)) +
           Short(static_cast<std::uint16_t>(number & 0xFFFF));
  }
  static std::string Name(std::string_view name) {
    std::string wire;
    while (!name.empty()) {
      const std::string_view label = name.substr(0, name.find('.'));
      wire += static_cast<char>(label.size());
      wire += label;
      name.remove_prefix(std::min(label.size() + 1, name.size()));
    }
    return wire + '\0';
  }
  static std::string Record(std::string_view owner, RecordType type, std::uint32_t ttl,
                            const std::string& data) {
    return Name(owner) + Short(static_cast<std::uint16_t>(type)) + Short(1) + Long(ttl) +
           Short(static_cast<std::uint16_t>(data.size())) + data;
  }
  MessageBuilder& Answer(std::string_view owner, RecordType type, std::uint32_t ttl,
                         const std::string& data) {
    ++answers_;
    answer_ += Record(owner, type, ttl, data);
    return *this;
  }

  const ResponseCode code_;
  const std::string question_;
  std::string answer_;
  std::string authority_;
  std::uint16_t answers_ = 0;
  std::uint16_t authorities_ = 0;
};

}  // namespace limpid::verify::dns
