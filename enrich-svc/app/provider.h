#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "enrich-svc/domain/completion.h"
#include "enrich-svc/domain/profile.h"
#include "libs/base/call.h"
#include "libs/base/mutex.h"

namespace limpid::enrich {

/// What a provider says of itself. All text lives as long as the program.
struct ProviderInfo {
  std::string_view id;           ///< Last part of `providers/{id}`, and the source of its completions.
  std::string_view description;  ///< What it knows, in a sentence.
  std::string_view licence;      ///< Of its data.
  std::string_view cost;         ///< Of one question, a decimal with its currency; empty when free.
  bool offline = false;          ///< It answers without any network, before Ask returns.
  std::vector<Field> fields;     ///< What it can fill.
};

/// A source of data about people. Implementations live in providers/, listed in its registry.cc. Thread-safe.
class Provider {
 public:
  virtual ~Provider() = default;
  virtual const ProviderInfo& info() const = 0;
  /// Answers what it knows of `profile`, also for fields that are not empty: what becomes of it is not its
  /// concern. An error means that it could not be asked. `done` is called once: inside Ask by an offline
  /// provider, else from any thread, at the latest when `call` ends; `profile` lives until then.
  virtual void Ask(const Call& call, const Profile& profile, Done<Completions> done) const = 0;
};

/// In the order in which they are asked: of equally sure answers the first wins.
using Providers = std::vector<std::unique_ptr<const Provider>>;

/// The providers in force: replaced as a whole when their tables are read again, while questions go on with
/// those they began with.
using ProvidersInForce = Snapshot<Providers>;

}  // namespace limpid::enrich
