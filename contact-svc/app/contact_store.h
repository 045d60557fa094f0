#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "contact-svc/domain/capture.h"
#include "contact-svc/domain/contact.h"
#include "contact-svc/domain/contact_query.h"
#include "contact-svc/domain/event.h"
#include "contact-svc/domain/match_key.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Where a page of a list ends: the last row's value in the order asked for, and the row. Opaque to use
/// cases.
struct PageEnd {
  std::string value;
  int64_t row = 0;
};

template <class Item>
struct Page {
  std::vector<Item> items;
  std::optional<PageEnd> next;  ///< Absent at the end of the list.
};

/// The answer to a write, kept under the caller's idempotency key. Which members count depends on
/// `operation`.
struct KeptAnswer {
  std::string operation;  ///< `CreateContact`
  std::string digest;     ///< Of the caller's own request.
  std::optional<Contact> contact;
  ContactId subject;         ///< Whom it tells of: forgotten with that contact.
  int64_t outcome = 0;       ///< A capture's outcome; for an upsert, whether it created.
  std::string held_capture;  ///< Id.
  std::string check;         ///< The check's answer, in the gateway's own form.
};

/// Reading, inside one ContactStore::Read or Write. All of it is about the tenant of the call.
class ContactReader {
 public:
  virtual ~ContactReader() = default;
  virtual absl::StatusOr<std::optional<Contact>> Find(const ContactId& id) = 0;
  /// In no order; what does not exist is left out.
  virtual absl::StatusOr<std::vector<Contact>> FindAll(std::span<const ContactId> ids) = 0;
  /// Contacts that have one of the keys, each once; of one key at most `limit`, the oldest first.
  virtual absl::StatusOr<std::vector<Contact>> FindByKeys(std::span<const MatchKey> keys, int limit) = 0;
  virtual absl::StatusOr<Page<Contact>> List(const ContactQuery& query, const std::optional<PageEnd>& after,
                                             int limit) = 0;
  /// The oldest first.
  virtual absl::StatusOr<Page<HeldCapture>> ListHeld(const std::optional<PageEnd>& after, int limit) = 0;
  /// Absent when none is kept or its time is over.
  virtual absl::StatusOr<std::optional<KeptAnswer>> FindAnswer(std::string_view key, absl::Time now) = 0;
};

/// Writing, inside one ContactStore::Write: all of it happens, or nothing.
class ContactWriter : public ContactReader {
 public:
  /// Waits until no other write of the tenant holds one of the keys or the idempotency key, until this one
  /// ends. Before anything is read that the write depends on; once.
  virtual absl::Status Lock(std::span<const MatchKey> keys, std::string_view idempotency_key) = 0;
  /// ALREADY_EXISTS when the id or an external id is taken.
  virtual absl::Status Insert(const Contact& contact) = 0;
  /// Replaces what was read as `known` in this write. ALREADY_EXISTS when an external id is taken; ABORTED
  /// (ETAG_STALE) when it is not what is stored.
  virtual absl::Status Replace(const Contact& known, const Contact& contact) = 0;
  /// Drops what was read as `known`, its keys and the answers that tell of it; ABORTED as above.
  virtual absl::Status Erase(const Contact& known) = 0;
  virtual absl::Status Hold(const HeldCapture& capture) = 0;
  /// False when it is not there.
  virtual absl::StatusOr<bool> EraseHeld(std::string_view id) = 0;
  virtual absl::Status KeepAnswer(std::string_view key, const KeptAnswer& answer, absl::Time expire_time) = 0;
  virtual absl::Status AppendEvent(const ContactEvent& event) = 0;
};

/// The truth about contacts. Thread-safe.
class ContactStore {
 public:
  virtual ~ContactStore() = default;
  virtual absl::Status Read(const Call& call, absl::FunctionRef<absl::Status(ContactReader&)> work) = 0;
  /// `work` may run more than once, the earlier runs being undone. OK: all of it is on disk.
  virtual absl::Status Write(const Call& call, absl::FunctionRef<absl::Status(ContactWriter&)> work) = 0;
};

}  // namespace limpid::contact
