#include "verify-svc/phone/protocol.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

constexpr std::size_t kMaxNameBytes = 120;
constexpr std::size_t kMaxWordBytes = 40;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAllDigits(std::string_view text) { return std::ranges::all_of(text, IsDigit); }

// What a provider calls itself is shown to people: bounded, and without what a terminal would obey.
std::string CleanName(std::string name) {
  std::erase_if(name, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (name.size() <= kMaxNameBytes) return name;
  std::size_t end = kMaxNameBytes;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  name.resize(end);
  return name;
}

std::optional<Carrier> MakeCarrier(const http::JsonValue& name, std::string mccmnc) {
  Carrier carrier{.name = CleanName(name.Text().value_or("")), .mccmnc = std::move(mccmnc)};
  if (carrier == Carrier()) return std::nullopt;
  return carrier;
}

// ITU-T E.212: three digits of country, two or three of network.
std::string CheckedCode(std::string code) {
  const bool possible = (code.size() == 5 || code.size() == 6) && IsAllDigits(code);
  return possible ? code : std::string();
}

struct LineType {
  std::string_view theirs;
  std::string_view ours;
};
constexpr std::array kLineTypes = {
    LineType{"landline", "FIXED_LINE"},         LineType{"landline_premium", "PREMIUM_RATE"},
    LineType{"landline_tollfree", "TOLL_FREE"}, LineType{"virtual", "VOIP"},
    LineType{"fixed line", "FIXED_LINE"},       LineType{"fixed line or mobile", "FIXED_LINE_OR_MOBILE"},
    LineType{"premium", "PREMIUM_RATE"},        LineType{"wireless", "MOBILE"},
};

}  // namespace

std::string_view DigitsOf(const NumberQuestion& number) {
  return std::string_view(number.e164).substr(number.e164.starts_with('+') ? 1 : 0);
}

bool IsNumber(std::string_view told, const NumberQuestion& number) {
  std::string_view wanted = DigitsOf(number);
  for (const char c : told) {
    if (!IsDigit(c)) continue;
    if (wanted.empty() || wanted.front() != c) return false;
    wanted.remove_prefix(1);
  }
  return wanted.empty();
}

std::vector<ProviderAnswer> AnswerAll(std::size_t numbers, const ProviderAnswer& answer) {
  return std::vector<ProviderAnswer>(numbers, answer);
}

std::vector<ProviderAnswer> AnswerEach(const std::vector<http::JsonValue>& items, std::string_view pointer,
                                       std::span<const NumberQuestion> numbers,
                                       absl::FunctionRef<ProviderAnswer(const http::JsonValue&)> read) {
  std::vector<ProviderAnswer> answers(numbers.size());
  std::vector<bool> answered(numbers.size());
  for (const http::JsonValue& item : items) {
    const std::optional<std::string> told = item.At(pointer).Text();
    if (!told) continue;
    const auto asked =
        std::ranges::find_if(numbers, [&](const NumberQuestion& number) { return IsNumber(*told, number); });
    if (asked == numbers.end()) continue;
    const std::size_t place = static_cast<std::size_t>(asked - numbers.begin());
    if (answered[place]) continue;
    answered[place] = true;
    answers[place] = read(item);
  }
  return answers;
}

std::optional<Carrier> ReadCarrier(const http::JsonValue& name, const http::JsonValue& mccmnc) {
  return MakeCarrier(name, CheckedCode(mccmnc.Text().value_or("")));
}

std::optional<Carrier> ReadCarrier(const http::JsonValue& name, const http::JsonValue& mcc,
                                   const http::JsonValue& mnc) {
  std::string network = mnc.Text().value_or("");
  if (network.size() == 1) network.insert(network.begin(), '0');
  const std::string country = mcc.Text().value_or("");
  return MakeCarrier(name, country.size() == 3 ? CheckedCode(country + network) : std::string());
}

quality::Assumption ReadAssumption(const http::JsonValue& truth) {
  const std::optional<bool> value = truth.Truth();
  if (!value) return quality::Assumption::kUnknown;
  return *value ? quality::Assumption::kYes : quality::Assumption::kNo;
}

std::string ReadLineType(const http::JsonValue& word) {
  const std::string theirs = word.Text().value_or("");
  if (theirs.empty() || theirs.size() > kMaxWordBytes || absl::EqualsIgnoreCase(theirs, "unknown")) return "";
  for (const LineType& known : kLineTypes) {
    if (absl::EqualsIgnoreCase(theirs, Absl(known.theirs))) return std::string(known.ours);
  }
  std::string ours;
  bool after_lower = false;
  for (const unsigned char c : theirs) {
    if (!std::isalnum(c)) {
      if (!ours.empty() && ours.back() != '_') ours.push_back('_');
      after_lower = false;
      continue;
    }
    if (std::isupper(c) && after_lower) ours.push_back('_');
    after_lower = std::islower(c) != 0;
    ours.push_back(absl::ascii_toupper(c));
  }
  while (!ours.empty() && ours.back() == '_') ours.pop_back();
  return ours;
}

std::string ReadRegion(const http::JsonValue& code) {
  std::string region = code.Text().value_or("");
  if (region.size() != 2 || !absl::ascii_isalpha(region[0]) || !absl::ascii_isalpha(region[1])) return "";
  absl::AsciiStrToUpper(&region);
  return region;
}

}  // namespace limpid::verify
