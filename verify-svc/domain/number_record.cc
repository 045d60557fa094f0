#include "verify-svc/domain/number_record.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

#include "libs/base/strings.h"
#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

// A list of texts, each behind its length (`5:Orang`), the first of which names the form.
constexpr std::string_view kForm = "number/1";
constexpr std::size_t kMaxItems = 32;  // Of reasons, and of sources.

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void Text(std::string_view text) { StrAppend(out_, text.size(), ":", text); }
  void Integer(std::int64_t number) { Text(StrCat(number)); }
  void Time(absl::Time time) { Integer(absl::ToUnixMicros(time)); }
  void Truth(const std::optional<bool>& truth) { Integer(truth ? static_cast<int>(*truth) : -1); }
  void Network(const std::optional<Carrier>& carrier) {
    Integer(carrier ? 1 : 0);
    if (!carrier) return;
    Text(carrier->name);
    Text(carrier->mccmnc);
  }

 private:
  std::string& out_;
};

// Reads what Writer wrote; after the first fault everything is empty and `failed` is set.
class Reader {
 public:
  explicit Reader(std::string_view record) : rest_(record) {}

  bool ok() const { return !failed_; }
  bool at_end() const { return rest_.empty(); }

  std::string_view Text() {
    std::uint32_t size = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), size);
    const std::size_t digits = static_cast<std::size_t>(end - rest_.data());
    if (error != std::errc() || digits >= rest_.size() || *end != ':' || rest_.size() - digits - 1 < size) {
      return Fail();
    }
    const std::string_view text = rest_.substr(digits + 1, size);
    rest_.remove_prefix(digits + 1 + size);
    return text;
  }
  std::int64_t Integer() {
    const std::string_view text = Text();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) Fail();
    return number;
  }
  std::int64_t Below(std::int64_t limit) {
    const std::int64_t number = Integer();
    if (number >= 0 && number < limit) return number;
    Fail();
    return 0;
  }
  absl::Time Time() { return absl::FromUnixMicros(Integer()); }
  std::optional<bool> Truth() {
    const std::int64_t number = Integer();
    if (number < 0) return std::nullopt;
    return number == 1;
  }
  std::optional<Carrier> Network() {
    if (Integer() != 1) return std::nullopt;
    Carrier carrier;
    carrier.name = Text();
    carrier.mccmnc = Text();
    return carrier;
  }

 private:
  std::string_view Fail() {
    failed_ = true;
    rest_ = {};
    return {};
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

std::string WriteRecord(const NumberFacts& facts) {
  std::string out;
  Writer writer(out);
  writer.Text(kForm);
  writer.Integer(static_cast<int>(facts.reachability));
  writer.Integer(static_cast<int>(facts.ported));
  writer.Integer(static_cast<int>(facts.roaming));
  writer.Text(facts.roaming_region);
  writer.Network(facts.carrier_original);
  writer.Network(facts.carrier_current);
  writer.Text(facts.line_type);
  writer.Truth(facts.sim_swapped);
  writer.Truth(facts.pumping_risk);
  writer.Time(facts.reachability_expires);
  writer.Time(facts.assignment_expires);
  writer.Integer(static_cast<std::int64_t>(facts.reasons.size()));
  for (const std::string_view reason : facts.reasons) writer.Text(reason);
  writer.Integer(static_cast<std::int64_t>(facts.sources.size()));
  for (const NumberSource& source : facts.sources) {
    writer.Text(source.name);
    writer.Time(source.as_of);
  }
  return out;
}

std::optional<NumberFacts> ReadRecord(std::string_view record) {
  Reader reader(record);
  if (reader.Text() != kForm) return std::nullopt;
  NumberFacts facts;
  facts.reachability =
      static_cast<quality::Reachability>(reader.Below(static_cast<int>(quality::Reachability::kUnknown) + 1));
  facts.ported =
      static_cast<quality::Assumption>(reader.Below(static_cast<int>(quality::Assumption::kAssumedNo) + 1));
  facts.roaming =
      static_cast<quality::Assumption>(reader.Below(static_cast<int>(quality::Assumption::kAssumedNo) + 1));
  facts.roaming_region = reader.Text();
  facts.carrier_original = reader.Network();
  facts.carrier_current = reader.Network();
  facts.line_type = reader.Text();
  facts.sim_swapped = reader.Truth();
  facts.pumping_risk = reader.Truth();
  facts.reachability_expires = reader.Time();
  facts.assignment_expires = reader.Time();
  for (std::int64_t left = reader.Below(kMaxItems); left > 0; --left) {
    // The list's own word: what stands in a verdict lives as long as the program.
    const auto known = std::ranges::find(quality::kPhoneReasons, reader.Text(),
                                         [](const auto& entry) { return entry.word; });
    if (known != quality::kPhoneReasons.end()) AddReason(facts, known->word);
  }
  for (std::int64_t left = reader.Below(kMaxItems); left > 0; --left) {
    std::string name(reader.Text());
    const absl::Time as_of = reader.Time();
    facts.sources.push_back({.name = std::move(name), .as_of = as_of, .cached = true});
  }
  if (!reader.ok() || !reader.at_end()) return std::nullopt;
  return facts;
}

}  // namespace limpid::verify
