#pragma once

#include <string>

#include "enrich-svc/domain/completion.h"
#include "enrich-svc/domain/profile.h"
#include "libs/base/call.h"
#include "libs/base/ids.h"

namespace limpid::enrich {

/// A contact as contact-svc gave it.
struct StoredContact {
  ContactId id;
  std::string etag;
  /// What can be enriched: the primary e-mail, phone and address (else the first), and the company.
  Profile profile;
  /// The whole contact in the form in which it came: what our door gives out unread.
  std::string wire;
};

/// The contacts of the call's tenant, which contact-svc owns. Thread-safe.
class Contacts {
 public:
  virtual ~Contacts() = default;
  /// NOT_FOUND when there is none.
  virtual void Get(const Call& call, const ContactId& id, Done<StoredContact> done) = 0;
  /// Writes the completions into `contact`, which was read before, and gives what it has become. ABORTED
  /// (ETAG_STALE) when it was changed since: nothing is written then.
  virtual void Fill(const Call& call, const StoredContact& contact, const Completions& completions,
                    Done<StoredContact> done) = 0;
};

}  // namespace limpid::enrich
