#include "libs/quality/phone/prefix_table.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/list_text.h"

namespace limpid::quality {
namespace {

/// E.164 has no longer numbers, and 10^15 fits into 64 bits.
constexpr std::size_t kDigits = 15;

/// The digits as a number of kDigits digits: what is missing is 0, what is too much is left out.
class Key {
 public:
  void Add(std::string_view digits) {
    for (const char c : digits.substr(0, kDigits - length_)) {
      value_ = value_ * 10 + static_cast<uint64_t>(c - '0');
      ++length_;
    }
  }
  uint64_t Filled() const {
    uint64_t filled = value_;
    for (std::size_t i = length_; i < kDigits; ++i) filled *= 10;
    return filled;
  }

 private:
  uint64_t value_ = 0;
  std::size_t length_ = 0;
};

bool IsStart(std::string_view text) {
  return !text.empty() && text.size() <= kDigits &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<PrefixTable> PrefixTable::Parse(std::string_view file, std::string_view text) {
  PrefixTable table;
  table.names_.push_back({});
  absl::flat_hash_map<std::string_view, uint32_t> known = {{std::string_view(), 0}};
  const auto rows = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  table.starts_.reserve(rows);
  table.name_of_.reserve(rows);
  absl::Status status = ForEachRow(file, text, 2, [&](const auto& row) {
    if (!IsStart(row[0])) return false;
    Key key;
    key.Add(row[0]);
    if (!table.starts_.empty() && key.Filled() <= table.starts_.back()) return false;
    const std::string_view name = row[1] == "-" ? std::string_view() : row[1];
    const auto [entry, is_new] = known.try_emplace(name, static_cast<uint32_t>(table.names_.size()));
    if (is_new) {
      table.names_.push_back(
          {.begin = static_cast<uint32_t>(table.text_.size()), .size = static_cast<uint32_t>(name.size())});
      table.text_.append(name);
    }
    table.starts_.push_back(key.Filled());
    table.name_of_.push_back(entry->second);
    return true;
  });
  if (!status.ok()) return status;
  // As a file is that is being written.
  if (table.starts_.empty()) return InvalidField(file, reason::kRequired, StrCat(file, ": no rows"));
  table.names_.shrink_to_fit();
  table.text_.shrink_to_fit();
  return table;
}

std::string_view PrefixTable::Find(int calling_code, std::string_view national_digits) const {
  return names_.empty() ? std::string_view() : NameAt(FindName(calling_code, national_digits));
}

std::size_t PrefixTable::FindName(int calling_code, std::string_view national_digits) const {
  const char code[] = {static_cast<char>('0' + calling_code / 100 % 10),
                       static_cast<char>('0' + calling_code / 10 % 10),
                       static_cast<char>('0' + calling_code % 10)};
  const std::size_t code_digits = calling_code >= 100 ? 3 : calling_code >= 10 ? 2 : 1;
  Key key;
  key.Add(std::string_view(code, sizeof(code)).substr(sizeof(code) - code_digits));
  key.Add(national_digits);
  const auto behind = std::upper_bound(starts_.begin(), starts_.end(), key.Filled());
  if (behind == starts_.begin()) return 0;
  return name_of_[static_cast<std::size_t>(behind - starts_.begin()) - 1];
}

std::vector<std::string_view> PrefixTable::Names() const {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < names_.size(); ++i) names.push_back(NameAt(i));
  return names;
}

std::size_t PrefixTable::bytes() const {
  return starts_.capacity() * sizeof(uint64_t) + name_of_.capacity() * sizeof(uint32_t) +
         names_.capacity() * sizeof(Name) + text_.capacity();
}

}  // namespace limpid::quality
