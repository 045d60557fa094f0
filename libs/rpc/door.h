#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/base/executor.h"
#include "libs/rpc/principal.h"

/// What every call passes before its handler runs.
namespace limpid::rpc {

/// The metadata of a call, as received.
class CallMetadata {
 public:
  virtual ~CallMetadata() = default;
  /// The first value of this name (lower case); valid until the call ends.
  virtual std::optional<std::string_view> Get(std::string_view name) const = 0;
  /// All values of this name in the order received.
  virtual std::vector<std::string_view> GetAll(std::string_view name) const {
    const std::optional<std::string_view> only = Get(name);
    return only ? std::vector{*only} : std::vector<std::string_view>();
  }
  /// The peer's address as gRPC writes it: `ipv4:127.0.0.1:50123`.
  virtual std::string Peer() const = 0;
};

/// Says who calls. `done` may be called at once or later, from any thread; `metadata` is valid until then.
/// Thread-safe.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  virtual void Authenticate(const CallMetadata& metadata, Done<Principal> done) = 0;
};

/// Believes the principals that the gateway and our services sign.
std::unique_ptr<Authenticator> MakePrincipalAuthenticator(std::shared_ptr<PrincipalVerifier> verifier);

/// What is known of a call when it has ended.
struct CallRecord {
  const Call& call;
  const absl::Status& status;
  absl::Duration elapsed;
};

/// Sees each call of a method when it has ended: logs, counts. Called on any thread, must not block.
/// Thread-safe.
using CallObserver = std::function<void(const CallRecord&)>;

/// Makes the observer of one method (`limpid.verify.v1.EmailService/VerifyEmail`) when its service is built.
using CallObserverFactory = std::function<CallObserver(std::string_view method)>;

/// The rules of a service's door, shared by all its methods.
///
/// It authenticates, admits the roles that the RPC names in its proto (`OPERATOR` wherever `ADMIN` is),
/// refuses what is too late, and builds the `Call`. Thread-safe, immutable.
struct Door {
  std::string domain;  ///< `ErrorInfo.domain` of the errors that leave here: `verify.limpid`.
  std::shared_ptr<Authenticator> authenticator;
  /// Where handlers run that are not inline. Outlives the server.
  std::shared_ptr<Executor> executor;
  /// For calls that come without a deadline.
  absl::Duration default_deadline = absl::Seconds(10);
  /// True at the suite's own border: metadata `limpid-*` of the caller is ignored.
  bool outer = false;
  /// In the order in which they see a call; see StandardObservers in observers.h.
  std::vector<CallObserverFactory> observers;
};

}  // namespace limpid::rpc
