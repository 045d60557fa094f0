#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"

#include "enrich-svc/domain/run.h"
#include "enrich-svc/domain/scenario.h"
#include "libs/base/ids.h"

namespace limpid::enrich {

/// A change of a contact, as contact-svc tells it.
struct ContactEvent {
  std::string id;      ///< Unique; the same when the event is given again.
  std::string cursor;  ///< Where it stands in the stream.
  std::string type;    ///< `limpid.contact.created` …
  absl::Time time;
  TenantId tenant;
  ContactId contact;
  std::vector<std::string> causes;  ///< Ids of events and runs that led to it.
};

/// The runs with which `scenarios` answer to an event: one for each whose trigger it is, unless the change is
/// one of its own. The same event makes the same runs.
std::vector<Run> RunsFor(const ContactEvent& event, std::span<const Scenario> scenarios);

}  // namespace limpid::enrich
