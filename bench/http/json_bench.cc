// The JSON of the capture check, both ways, beside protobuf's own.
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>
#include <google/protobuf/util/json_util.h>

#include "limpid/gateway/v1/capture_service.pb.h"

#include "libs/http/json_reader.h"
#include "libs/http/json_writer.h"

namespace limpid::http {
namespace {

constexpr std::string_view kRequest =
    R"({"email":"jean.dupont@gmial.com","phone":"06 12 34 56 78","givenName":"Jean","familyName":"Dupont",)"
    R"("postalAddress":{"addressLines":["12 rue de la Paix"],"postalCode":"75002","locality":"Paris",)"
    R"("regionCode":"FR"},"birthDate":"1980-02-29","defaultRegion":"FR","languageCode":"fr","budget":"0.800s"})";

constexpr std::string_view kAnswer =
    R"({"decision":"SUGGEST","findings":[{"field":"email","severity":"WARNING","reason":"DOMAIN_TYPO",)"
    R"("message":"Vouliez-vous dire jean.dupont@gmail.com ?","suggestion":"jean.dupont@gmail.com"}],)"
    R"("email":{"input":"jean.dupont@gmial.com","reason":"DOMAIN_TYPO","reasons":["DOMAIN_TYPO"],)"
    R"("normalized":"jean.dupont@gmial.com","confidence":0.95},"phone":{"input":"06 12 34 56 78",)"
    R"("e164":"+33612345678","national":"06 12 34 56 78"},"elapsed":"0.002100s"})";

template <class Message>
Message Read(std::string_view json) {
  Message message;
  if (!ReadJson(json, message).ok()) std::abort();
  return message;
}

void ReadRequest(benchmark::State& state) {
  gateway::v1::CheckRequest request;
  for (auto _ : state) benchmark::DoNotOptimize(ReadJson(kRequest, request));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * kRequest.size()));
}
BENCHMARK(ReadRequest);

void ReadRequestByProtobuf(benchmark::State& state) {
  gateway::v1::CheckRequest request;
  const std::string json(kRequest);
  for (auto _ : state) {
    request.Clear();
    benchmark::DoNotOptimize(google::protobuf::util::JsonStringToMessage(json, &request).ok());
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * kRequest.size()));
}
BENCHMARK(ReadRequestByProtobuf);

void WriteAnswer(benchmark::State& state) {
  const auto answer = Read<gateway::v1::CheckResponse>(kAnswer);
  size_t bytes = 0;
  for (auto _ : state) {
    std::string json;
    AppendJson(answer, json);
    bytes += json.size();
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}
BENCHMARK(WriteAnswer);

void WriteAnswerByProtobuf(benchmark::State& state) {
  const auto answer = Read<gateway::v1::CheckResponse>(kAnswer);
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  size_t bytes = 0;
  for (auto _ : state) {
    std::string json;
    benchmark::DoNotOptimize(google::protobuf::util::MessageToJsonString(answer, &json, options).ok());
    bytes += json.size();
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}
BENCHMARK(WriteAnswerByProtobuf);

}  // namespace
}  // namespace limpid::http

BENCHMARK_MAIN();
