#include "verify-svc/rpc/challenge_service.h"

#include <string>
#include <utility>

#include "limpid/verify/v1/challenge_service.pb.h"

#include "verify-svc/rpc/challenge_convert.h"

namespace limpid::verify {
namespace {

absl::StatusOr<v1::Challenge> ToWire(const absl::StatusOr<Challenge>& challenge, absl::Time now) {
  if (!challenge.ok()) return challenge.status();
  v1::Challenge out;
  Write(*challenge, now, out);
  return out;
}

/// Asks a use case that first waits for the store and then, without a thread, for the network.
template <class Ask>
void OnExecutor(const ChallengeCases& cases, Done<v1::Challenge> done, Ask ask) {
  struct Asked {
    Ask ask;
    Done<v1::Challenge> done;
  };
  const auto asked = std::make_shared<Asked>(Asked{std::move(ask), std::move(done)});
  const absl::Status admitted = cases.executor.Submit([asked, &clock = cases.clock] {
    asked->ask([asked, &clock](absl::StatusOr<Challenge> challenge) {
      asked->done(ToWire(challenge, clock.Now()));
    });
  });
  if (!admitted.ok()) asked->done(admitted);
}

}  // namespace

std::unique_ptr<rpc::Service> MakeChallengeService(std::shared_ptr<const rpc::Door> door,
                                                   std::shared_ptr<const ChallengeCases> cases) {
  return rpc::ServiceBuilder("limpid.verify.v1.ChallengeService", std::move(door))
      .Unary<v1::CreateChallengeRequest, v1::Challenge>(
          "CreateChallenge",
          [cases](const Call& call, const v1::CreateChallengeRequest& request, Done<v1::Challenge> done) {
            absl::StatusOr<ChallengeRequest> read = ReadRequest(request);
            if (!read.ok()) return done(read.status());
            OnExecutor(*cases, std::move(done), [cases, call, read = *std::move(read)](Done<Challenge> made) {
              cases->create.Run(call, read, std::move(made));
            });
          })
      .Unary<v1::GetChallengeRequest, v1::Challenge>(
          "GetChallenge",
          [cases](const Call& call, const v1::GetChallengeRequest& request) -> absl::StatusOr<v1::Challenge> {
            const absl::StatusOr<ChallengeId> id = ReadChallengeName(request.name());
            if (!id.ok()) return id.status();
            return ToWire(cases->manage.Get(call, *id), cases->clock.Now());
          })
      .Unary<v1::ResendChallengeRequest, v1::Challenge>(
          "ResendChallenge",
          [cases](const Call& call, const v1::ResendChallengeRequest& request, Done<v1::Challenge> done) {
            absl::StatusOr<ChallengeId> id = ReadChallengeName(request.name());
            if (!id.ok()) return done(id.status());
            OnExecutor(
                *cases, std::move(done),
                [cases, call, id = *std::move(id), remote_address = request.remote_address()](
                    Done<Challenge> sent) { cases->resend.Run(call, id, remote_address, std::move(sent)); });
          })
      .Unary<v1::ConfirmChallengeRequest, v1::Challenge>(
          "ConfirmChallenge",
          [cases](const Call& call,
                  const v1::ConfirmChallengeRequest& request) -> absl::StatusOr<v1::Challenge> {
            const absl::StatusOr<ChallengeId> id = ReadChallengeName(request.name());
            if (!id.ok()) return id.status();
            return ToWire(cases->confirm.Run(call, {.id = *id,
                                                    .code = request.code(),
                                                    .purpose = request.purpose(),
                                                    .remote_address = request.remote_address()}),
                          cases->clock.Now());
          })
      .Unary<v1::CancelChallengeRequest, v1::Challenge>(
          "CancelChallenge",
          [cases](const Call& call,
                  const v1::CancelChallengeRequest& request) -> absl::StatusOr<v1::Challenge> {
            const absl::StatusOr<ChallengeId> id = ReadChallengeName(request.name());
            if (!id.ok()) return id.status();
            return ToWire(cases->manage.Cancel(call, *id), cases->clock.Now());
          })
      .Unary<v1::ConfirmLinkRequest, v1::ConfirmLinkResponse>(
          "ConfirmLink",
          [cases](const Call& call,
                  const v1::ConfirmLinkRequest& request) -> absl::StatusOr<v1::ConfirmLinkResponse> {
            const auto confirmed = cases->confirm_link.Run(
                call, {.token = request.token(), .remote_address = request.remote_address()});
            if (!confirmed.ok()) return confirmed.status();
            v1::ConfirmLinkResponse response;
            response.set_result(Wire(confirmed->result));
            response.set_language_code(confirmed->language);
            return response;
          })
      .Build();
}

}  // namespace limpid::verify
