#pragma once

#include <string>
#include <vector>

#include "enrich-svc/app/contacts.h"
#include "enrich-svc/app/provider.h"

namespace limpid::enrich {

/// What an enrichment did.
struct EnrichedContact {
  StoredContact contact;                 ///< As it stands now.
  Completions filled;                    ///< What was added.
  std::vector<std::string> unreachable;  ///< Providers that could not be asked.
};

/// Fills the empty fields of a stored contact with what the providers are sure enough of.
///
/// Safe to run twice: what the first run filled is not empty for the second. A contact that somebody changes
/// in between is read and enriched once more; if that fails too, the answer is ABORTED (ETAG_STALE).
/// Thread-safe.
class EnrichContact {
 public:
  EnrichContact(const ProvidersInForce& providers, Contacts& contacts)
      : providers_(providers), contacts_(contacts) {}

  /// `done` may be called on a thread of the network.
  void Run(const Call& call, const ContactId& id, Done<EnrichedContact> done) const;

 private:
  const ProvidersInForce& providers_;
  Contacts& contacts_;
};

}  // namespace limpid::enrich
