#include "verify-svc/phone/providers/generic.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_replace.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/base/trim.h"

namespace limpid::verify {
namespace {

using quality::Reachability;

constexpr std::array<std::string_view, 13> kFacts = {"number",
                                                     "error",
                                                     "reachability",
                                                     "ported",
                                                     "roaming",
                                                     "roaming_region",
                                                     "carrier",
                                                     "carrier_mccmnc",
                                                     "original_carrier",
                                                     "original_carrier_mccmnc",
                                                     "line_type",
                                                     "sim_swapped",
                                                     "cost"};

constexpr std::array kReachabilities = {Reachability::kReachable, Reachability::kAbsent,
                                        Reachability::kUnassigned, Reachability::kBarred,
                                        Reachability::kUnknown};

using Pointers = absl::flat_hash_map<std::string, std::string>;
using Words = absl::flat_hash_map<std::string, Reachability>;

absl::Status Wrong(std::string_view part, std::string_view message) {
  return InvalidField(part, reason::kInvalidFormat, message);
}

// `left=right`, cut at the last `=` for words that hold one, at the first for pointers.
std::optional<std::pair<std::string, std::string>> Pair(std::string_view text, std::size_t equals) {
  if (equals == std::string_view::npos || equals == 0 || equals + 1 > text.size()) return std::nullopt;
  return std::pair(std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)));
}

absl::StatusOr<Pointers> ReadPointers(const std::vector<std::string>& facts) {
  Pointers pointers;
  for (const std::string& fact : facts) {
    auto pair = Pair(fact, fact.find('='));
    if (!pair || std::ranges::find(kFacts, pair->first) == kFacts.end()) {
      return Wrong("facts", StrCat("no fact is written so: ", fact));
    }
    if (!pair->second.empty() && pair->second.front() != '/') {
      return Wrong("facts", StrCat("a JSON pointer starts with a slash: ", fact));
    }
    pointers.insert(*std::move(pair));
  }
  if (pointers.empty()) return Wrong("facts", "at least one fact is needed");
  return pointers;
}

absl::StatusOr<Words> ReadWords(const std::vector<std::string>& lines) {
  Words words;
  for (const std::string& line : lines) {
    const auto pair = Pair(line, line.rfind('='));
    const auto meant = std::ranges::find_if(kReachabilities, [&](Reachability reachability) {
      return pair && quality::Name(reachability) == pair->second;
    });
    if (meant == kReachabilities.end()) {
      return Wrong("words",
                   StrCat("not a word and REACHABLE, ABSENT, UNASSIGNED, BARRED or UNKNOWN: ", line));
    }
    words.emplace(pair->first, *meant);
  }
  return words;
}

absl::StatusOr<http::Headers> ReadHeaders(const std::vector<std::string>& lines, const std::string& secret) {
  http::Headers headers;
  for (const std::string& line : lines) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || colon == 0) {
      return Wrong("headers", StrCat("not `Name: value`: ", line));
    }
    std::string value = absl::StrReplaceAll(line.substr(colon + 1), {{"{secret}", secret}});
    headers.emplace_back(line.substr(0, colon), std::string(Trim(value)));
  }
  return headers;
}

class Generic final : public ProviderProtocol {
 public:
  Generic(GenericOptions options, http::Headers headers, Pointers pointers, Words words)
      : url_(std::move(options.url)),
        method_(std::move(options.method)),
        body_(std::move(options.body)),
        headers_(std::move(headers)),
        pointers_(std::move(pointers)),
        words_(std::move(words)) {}

  http::FetchRequest Request(std::span<const NumberQuestion> numbers) const override {
    const absl::string_view digits = Absl(DigitsOf(numbers.front()));
    return {.method = method_,
            .url = absl::StrReplaceAll(url_, {{"{digits}", digits}, {"{e164}", StrCat("%2B", digits)}}),
            .headers = headers_,
            .body = absl::StrReplaceAll(body_, {{"{digits}", digits}, {"{e164}", numbers.front().e164}})};
  }

  std::vector<ProviderAnswer> Read(const http::JsonDocument& body,
                                   std::span<const NumberQuestion> numbers) const override {
    const http::JsonValue root = body.root();
    if (Fact(root, "error").IsGiven()) {
      return AnswerAll(numbers.size(), {.outcome = LookupOutcome::kRefused, .billed = false});
    }
    if (pointers_.contains("number")) {
      const std::optional<std::string> told = Fact(root, "number").Text();
      if (!told || !IsNumber(*told, numbers.front())) return AnswerAll(numbers.size(), {});
    }
    return AnswerAll(numbers.size(), ReadFacts(root));
  }

 private:
  http::JsonValue Fact(const http::JsonValue& root, std::string_view name) const {
    const auto pointer = pointers_.find(Absl(name));
    return pointer == pointers_.end() ? http::JsonValue() : root.At(pointer->second);
  }

  ProviderAnswer ReadFacts(const http::JsonValue& root) const {
    ProviderAnswer answer{.outcome = LookupOutcome::kAnswered};
    NumberFacts& facts = answer.facts;
    if (pointers_.contains("reachability")) {
      const std::optional<std::string> word = Fact(root, "reachability").Text();
      if (!word) return {};
      const auto meant = words_.find(*word);
      facts.reachability = meant == words_.end() ? Reachability::kUnknown : meant->second;
    }
    facts.ported = ReadAssumption(Fact(root, "ported"));
    facts.roaming = ReadAssumption(Fact(root, "roaming"));
    facts.roaming_region = ReadRegion(Fact(root, "roaming_region"));
    facts.carrier_current = ReadCarrier(Fact(root, "carrier"), Fact(root, "carrier_mccmnc"));
    facts.carrier_original =
        ReadCarrier(Fact(root, "original_carrier"), Fact(root, "original_carrier_mccmnc"));
    facts.line_type = ReadLineType(Fact(root, "line_type"));
    facts.sim_swapped = Fact(root, "sim_swapped").Truth();
    if (auto cost = Fact(root, "cost").Text(); cost && cost->size() < 24) {
      facts.sources.push_back({.cost = *std::move(cost)});
    }
    // An answer in which nothing stands where it was said to stand is none.
    return facts == NumberFacts() ? ProviderAnswer() : answer;
  }

  const std::string url_;
  const std::string method_;
  const std::string body_;
  const http::Headers headers_;
  const Pointers pointers_;
  const Words words_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<const ProviderProtocol>> MakeGeneric(GenericOptions options) {
  if (options.method != "GET" && options.method != "POST") return Wrong("method", "GET or POST");
  absl::StatusOr<http::Headers> headers = ReadHeaders(options.headers, options.secret);
  if (!headers.ok()) return headers.status();
  absl::StatusOr<Pointers> pointers = ReadPointers(options.facts);
  if (!pointers.ok()) return pointers.status();
  absl::StatusOr<Words> words = ReadWords(options.words);
  if (!words.ok()) return words.status();
  options.secret.clear();
  return std::make_unique<Generic>(std::move(options), *std::move(headers), *std::move(pointers),
                                   *std::move(words));
}

}  // namespace limpid::verify
