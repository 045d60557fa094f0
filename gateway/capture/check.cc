#include "gateway/capture/check.h"

#include <atomic>
#include <optional>
#include <utility>

#include "google/protobuf/arena.h"

#include "gateway/capture/assemble.h"
#include "gateway/capture/tidy.h"
#include "gateway/capture/validation.h"
#include "libs/base/error.h"

namespace limpid::gateway {
namespace {

constexpr int kParts = 3;

absl::Duration BudgetOf(const v1::CheckRequest& request, absl::Duration fallback) {
  if (!request.has_budget()) return fallback;
  return absl::Seconds(request.budget().seconds()) + absl::Nanoseconds(request.budget().nanos());
}

}  // namespace

// The three answers as they come in. The last one in assembles: each callback writes its own part, and the
// counter orders those writes before the reading.
class CheckCapture::Gathering : public std::enable_shared_from_this<Gathering> {
 public:
  Gathering(const CheckCapture& check, const Call& call, v1::CheckRequest request, Done<CheckedCapture> done)
      : check_(check),
        start_(check.clock_.SteadyNow()),
        call_(call.Within(BudgetOf(request, check.options_.default_budget), check.clock_)),
        caller_gone_(call.stop),
        done_(std::move(done)),
        arena_(ArenaSize()),
        response_(*google::protobuf::Arena::CreateMessage<v1::CheckResponse>(&arena_)),
        answers_(arena_) {
    *response_.mutable_normalized() = std::move(request);
  }

  void Start() {
    const TenantDefaults defaults = check_.defaults_(call_.tenant);
    v1::CheckRequest& request = *response_.mutable_normalized();
    const std::string region = RegionOf(request, defaults);
    request.set_default_region(region);
    language_ = MessageCatalogue::Supported(
        call_.language, MessageCatalogue::Supported(request.language_code(), defaults.language));

    // All three leave before any is waited for; one that only computes may have answered when its call
    // returns. A form's key never learns who is known: nobody is looked up.
    contact::v1::FindMatchesRequest match = MatchRequestOf(request, region);
    if (call_.role == Role::kCapture || (match.email().empty() && match.phone().empty())) {
      answers_.matches_wanted = false;
      Take(answers_.matches.status, absl::OkStatus());
    } else {
      check_.peers_.FindMatches(call_, std::move(match), Kept(answers_.matches), Taker(answers_.matches));
    }
    check_.peers_.VerifyPerson(call_, VerifyRequestOf(request, region, defaults), Kept(answers_.verdicts),
                               Taker(answers_.verdicts));
    check_.peers_.PreviewEnrichment(call_, PreviewRequestOf(request, region), Kept(answers_.completions),
                                    Taker(answers_.completions));
  }

 private:
  // A check's messages fit into one block of each thread that makes some of them.
  static google::protobuf::ArenaOptions ArenaSize() {
    google::protobuf::ArenaOptions options;
    options.start_block_size = 4096;
    return options;
  }

  // The message, which keeps this object and with it the arena.
  template <class Response>
  std::shared_ptr<Response> Kept(const CaptureAnswer<Response>& answer) {
    return {shared_from_this(), answer.response};
  }

  template <class Response>
  CapturePeers::Answered Taker(CaptureAnswer<Response>& answer) {
    return [this, &status = answer.status](absl::Status said) { Take(status, std::move(said)); };
  }

  void Take(absl::Status& part, absl::Status said) {
    part = std::move(said);
    if (pending_.fetch_sub(1, std::memory_order_acq_rel) == 1) Finish();
  }

  void Finish() {
    if (caller_gone_.stop_requested()) return done_(Cancelled());
    CheckedCapture checked;
    checked.typed = Assemble(answers_, *check_.messages_, language_, response_);
    SetDuration(absl::FromChrono(check_.clock_.SteadyNow() - start_), *response_.mutable_elapsed());
    checked.response = {shared_from_this(), &response_};
    done_(std::move(checked));
  }

  const CheckCapture& check_;
  const SteadyTime start_;
  const Call call_;
  const std::stop_token caller_gone_;
  Done<CheckedCapture> done_;
  google::protobuf::Arena arena_;
  v1::CheckResponse& response_;  // Its `normalized` holds the request from the beginning.
  CaptureAnswers answers_;
  std::string_view language_;  // Of the catalogue.
  std::atomic<int> pending_ = kParts;
};

CheckCapture::CheckCapture(Options options, CapturePeers& peers,
                           std::shared_ptr<const MessageCatalogue> messages, DefaultsOfTenant defaults,
                           const Clock& clock)
    : options_(options),
      peers_(peers),
      messages_(std::move(messages)),
      defaults_(std::move(defaults)),
      clock_(clock) {}

void CheckCapture::Run(const Call& call, v1::CheckRequest request,
                       Done<std::shared_ptr<v1::CheckResponse>> done) {
  if (absl::Status status = Validate(request, absl::ToCivilDay(clock_.Now(), absl::UTCTimeZone()));
      !status.ok()) {
    return std::move(done)(std::move(status));
  }
  Tidy(request);
  Gather(call, std::move(request), [done = std::move(done)](absl::StatusOr<CheckedCapture> checked) mutable {
    if (!checked.ok()) return std::move(done)(checked.status());
    std::move(done)(std::move(checked->response));
  });
}

void CheckCapture::Gather(const Call& call, v1::CheckRequest request, Done<CheckedCapture> done) {
  std::make_shared<Gathering>(*this, call, std::move(request), std::move(done))->Start();
}

std::string CheckCapture::RegionFor(const Call& call, const v1::CheckRequest& request) const {
  return RegionOf(request, defaults_(call.tenant));
}

}  // namespace limpid::gateway
