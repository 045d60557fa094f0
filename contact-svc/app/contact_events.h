#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "contact-svc/domain/event.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// The events of all writes, in one order for every reader. Thread-safe.
class ContactEvents {
 public:
  struct Record {
    ContactEvent event;
    std::string cursor;  ///< Resumes after it; unique, so it is also the event's id.
  };
  struct Batch {
    std::vector<Record> records;
    std::string cursor;  ///< Resumes after all that was looked at.
    bool more = false;   ///< Ask again at once.
  };
  /// Ends the subscription when destroyed; the listener does not run any more then.
  class Subscription {
   public:
    virtual ~Subscription() = default;
  };

  virtual ~ContactEvents() = default;
  /// Events after `cursor` (empty: from the oldest that is kept) of the call's tenant; of all for a call
  /// without one. FAILED_PRECONDITION (CURSOR_EXPIRED) when events after it are gone.
  virtual absl::StatusOr<Batch> Read(const Call& call, std::string_view cursor) = 0;
  /// The cursor behind all events there are.
  virtual absl::StatusOr<std::string> End(const Call& call) = 0;
  /// `listener` is called, on any thread, when there may be more: it wakes somebody and returns.
  virtual std::unique_ptr<Subscription> Subscribe(std::function<void()> listener) = 0;
};

}  // namespace limpid::contact
