#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "enrich-svc/domain/contact_event.h"
#include "libs/base/call.h"

namespace limpid::enrich {

/// One reading of the contacts' events. One thread at a time; ends when destroyed.
class ContactEventStream {
 public:
  virtual ~ContactEventStream() = default;
  /// Waits for events for at most `wait` and gives those that have come, at most `limit`, in order; none when
  /// the wait is over. An error when the stream has ended: CANCELLED by the call, FAILED_PRECONDITION
  /// (CURSOR_EXPIRED) when the events behind the cursor are gone, UNAVAILABLE when contact-svc is.
  virtual absl::StatusOr<std::vector<ContactEvent>> Next(size_t limit, absl::Duration wait) = 0;
};

/// The changes of all tenants' contacts, in the order in which they were committed. Thread-safe.
class ContactEvents {
 public:
  /// The cursor before the oldest event that is kept.
  static constexpr char kOldest[] = "0";

  virtual ~ContactEvents() = default;
  /// From behind `cursor` on.
  virtual std::unique_ptr<ContactEventStream> Watch(const Call& call, std::string cursor) = 0;
};

}  // namespace limpid::enrich
