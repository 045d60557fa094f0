#include "verify-svc/rpc/person_service.h"

#include <utility>

#include "limpid/verify/v1/person_service.pb.h"

#include "verify-svc/rpc/answering.h"

namespace limpid::verify {

std::unique_ptr<rpc::Service> MakePersonService(std::shared_ptr<const rpc::Door> door,
                                                std::shared_ptr<const VerifyPerson> verify_person) {
  return rpc::ServiceBuilder("limpid.verify.v1.PersonService", std::move(door))
      .Unary<v1::VerifyPersonRequest, v1::VerifyPersonResponse>(
          "VerifyPerson",
          [verify_person](const Call& call, const v1::VerifyPersonRequest& request,
                          v1::VerifyPersonResponse& response, Finish finish) {
            AnswerOne(*verify_person, call, request, response, std::move(finish));
          },
          {.run = rpc::Run::kInline})
      .Build();
}

}  // namespace limpid::verify
