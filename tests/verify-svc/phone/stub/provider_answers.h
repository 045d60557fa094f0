#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace limpid::testing {

/// A question as it came over HTTP.
struct ProviderRequest {
  std::string method;
  std::string target;
  std::string body;
};

/// What one provider understands of a question: the numbers that it is asked about, as E.164 digits.
struct ProviderQuestion {
  std::string provider;
  std::vector<std::string> numbers;
  std::string notify_url;  ///< Where the answer is to be sent, instead of being given.
};

/// Which provider's question this is, told by its path; nothing for none.
std::optional<ProviderQuestion> ReadQuestion(const ProviderRequest& request);

/// The provider's documented answer about these numbers, bulk answers in another order than asked.
nlohmann::json AnswerTo(const ProviderQuestion& question);
/// The provider's own way of saying no under HTTP 200.
nlohmann::json RefusalOf(const ProviderQuestion& question);
/// The answer of a provider that sends its report elsewhere.
nlohmann::json AcceptanceOf(const ProviderQuestion& question);

}  // namespace limpid::testing
