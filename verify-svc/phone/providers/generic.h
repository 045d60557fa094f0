#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

/// A provider that is described and not programmed.
struct GenericOptions {
  std::string url;     ///< `{digits}` and `{e164}` stand for the number, the latter percent-encoded.
  std::string method;  ///< GET or POST.
  std::vector<std::string> headers;  ///< `Authorization: Bearer {secret}`.
  std::string body;                  ///< With `{digits}` and `{e164}`, the latter as it is.
  std::string secret;                ///< What `{secret}` in a header stands for.
  /// `fact=pointer`: where each fact stands in the answer, as a JSON pointer (RFC 6901). The facts: number,
  /// error, reachability, ported, roaming, roaming_region, carrier, carrier_mccmnc, original_carrier,
  /// original_carrier_mccmnc, line_type, sim_swapped, cost.
  std::vector<std::string> facts;
  /// `word=REACHABLE`: what the provider's words for reachability mean; a word that is not listed is UNKNOWN.
  std::vector<std::string> words;
};

/// INVALID_ARGUMENT that says which part of the description is wrong, and never quotes the secret.
absl::StatusOr<std::unique_ptr<const ProviderProtocol>> MakeGeneric(GenericOptions options);

}  // namespace limpid::verify
