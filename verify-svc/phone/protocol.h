#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"

#include "libs/http/client.h"
#include "libs/http/json_document.h"
#include "verify-svc/phone/provider.h"

namespace limpid::verify {

/// How one provider is asked over HTTP, and what its JSON means. Knows no network and no clock but what it is
/// given, so that it is tested on documented answers and fuzzed. Thread-safe.
class ProviderProtocol {
 public:
  virtual ~ProviderProtocol() = default;
  /// How many numbers one request may hold.
  virtual std::size_t max_numbers() const { return 1; }
  virtual http::FetchRequest Request(std::span<const NumberQuestion> numbers) const = 0;
  /// Reads a 2xx answer: as many answers as numbers, matched by the number and never by the place. Sources
  /// are added by who asks; a cost that the answer states goes into `cost` of a first source.
  virtual std::vector<ProviderAnswer> Read(const http::JsonDocument& body,
                                           std::span<const NumberQuestion> numbers) const = 0;
};

/// Where a provider sends a report.
struct ReportAddress {
  std::string url;        ///< With the token at its end.
  std::string reference;  ///< The token alone, for providers that give back a reference of ours.
};

/// How a provider is asked that takes a question at once and sends its answer later. Like ProviderProtocol.
class ReportingProtocol {
 public:
  struct Report {
    std::string number;  ///< As the provider writes it.
    ProviderAnswer answer;
  };

  virtual ~ReportingProtocol() = default;
  virtual http::FetchRequest Request(const NumberQuestion& number, const ReportAddress& address) const = 0;
  /// Reads the 2xx answer to the question: kAnswered when a report will come.
  virtual LookupOutcome ReadAcceptance(const http::JsonDocument& body) const = 0;
  virtual std::vector<Report> ReadReports(const http::JsonDocument& body) const = 0;
};

/// The digits of an E.164 number, as most providers want them.
std::string_view DigitsOf(const NumberQuestion& number);
/// Whether what a provider sent back (`33612345678`, `+33 6 12…`) is this number.
bool IsNumber(std::string_view told, const NumberQuestion& number);

/// Every number answered alike.
std::vector<ProviderAnswer> AnswerAll(std::size_t numbers, const ProviderAnswer& answer);
/// Each number answered by the item whose member at `pointer` is that number; by the first when several are.
/// kBusy where there is none.
std::vector<ProviderAnswer> AnswerEach(const std::vector<http::JsonValue>& items, std::string_view pointer,
                                       std::span<const NumberQuestion> numbers,
                                       absl::FunctionRef<ProviderAnswer(const http::JsonValue&)> read);

/// A network as providers tell it: `name`, and either `mccmnc` at once or its two parts. An MNC given as a
/// number has lost its zeros and gets them back; codes that cannot be are dropped. Nothing when nothing is
/// left.
std::optional<Carrier> ReadCarrier(const http::JsonValue& name, const http::JsonValue& mccmnc);
std::optional<Carrier> ReadCarrier(const http::JsonValue& name, const http::JsonValue& mcc,
                                   const http::JsonValue& mnc);
quality::Assumption ReadAssumption(const http::JsonValue& truth);
/// A provider's word for a kind of line (`nonFixedVoip`, `landline`) as ours (`NON_FIXED_VOIP`,
/// `FIXED_LINE`); a word that is not known in UPPER_SNAKE, empty for what is no word.
std::string ReadLineType(const http::JsonValue& word);
/// ISO 3166-1 alpha-2 in upper case, or empty.
std::string ReadRegion(const http::JsonValue& code);

}  // namespace limpid::verify
