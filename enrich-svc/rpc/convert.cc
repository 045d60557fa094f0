#include "enrich-svc/rpc/convert.h"

#include <cstdlib>

#include "absl/time/time.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::enrich {
namespace {

constexpr size_t kMaxIdLength = 255;

void SetTime(absl::Time time, google::protobuf::Timestamp& out) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  out.set_seconds(seconds);
  out.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

v1::Run::State::Value ToProto(RunState state) {
  switch (state) {
    case RunState::kPending:
      return v1::Run::State::PENDING;
    case RunState::kRunning:
      return v1::Run::State::RUNNING;
    case RunState::kSucceeded:
      return v1::Run::State::SUCCEEDED;
    case RunState::kFailed:
      return v1::Run::State::FAILED;
  }
  std::abort();
}

v1::Scenario::State::Value ToProto(ScenarioState state) {
  switch (state) {
    case ScenarioState::kActive:
      return v1::Scenario::State::ACTIVE;
    case ScenarioState::kPaused:
      return v1::Scenario::State::PAUSED;
  }
  std::abort();
}

template <class Response>
void AddAnswers(const Completions& completions, const std::vector<std::string>& unreachable,
                Response& response) {
  for (const Completion& completion : completions) ToProto(completion, *response.add_completions());
  *response.mutable_unreachable() = {unreachable.begin(), unreachable.end()};
}

}  // namespace

absl::StatusOr<std::string> IdFromName(std::string_view collection, std::string_view name) {
  const std::string prefix = StrCat(collection, "/");
  const std::string_view id = name.starts_with(prefix) ? name.substr(prefix.size()) : std::string_view();
  if (id.empty() || id.size() > kMaxIdLength || id.find('/') != std::string_view::npos) {
    return InvalidField("name", name.empty() ? reason::kRequired : reason::kInvalidFormat,
                        StrCat("Give a name like ", prefix, "x1."));
  }
  return std::string(id);
}

Profile FromProto(const v1::PreviewEnrichmentRequest& request) {
  const type::v1::PostalAddress& address = request.postal_address();
  Profile profile{.email = request.email(),
                  .phone = request.phone(),
                  .address = {.region_code = address.region_code(),
                              .postal_code = address.postal_code(),
                              .locality = address.locality(),
                              .commune_code = address.commune_code(),
                              .department_code = address.department_code(),
                              .department = address.department(),
                              .administrative_area_code = address.administrative_area_code(),
                              .administrative_area = address.administrative_area()},
                  .company = request.company()};
  if (!request.default_region().empty()) profile.default_region = request.default_region();
  return profile;
}

void ToProto(const Completion& completion, type::v1::Completion& out) {
  out.set_field(std::string(FieldPath(completion.field)));
  out.set_value(completion.value);
  out.set_source(std::string(completion.source));
  out.set_confidence(completion.confidence);
}

void ToProto(const ProviderAnswers& answers, v1::PreviewEnrichmentResponse& out) {
  AddAnswers(answers.completions, answers.unreachable, out);
}

absl::StatusOr<v1::EnrichContactResponse> ToProto(const EnrichedContact& enriched) {
  v1::EnrichContactResponse response;
  if (!response.mutable_contact()->ParseFromString(enriched.contact.wire)) {
    return MakeError(absl::StatusCode::kInternal, reason::kInternal, "The contact cannot be read back.");
  }
  AddAnswers(enriched.filled, enriched.unreachable, response);
  return response;
}

v1::Provider ToProto(const ProviderInfo& provider) {
  v1::Provider out;
  out.set_name(StrCat("providers/", provider.id));
  out.set_description(std::string(provider.description));
  out.set_licence(std::string(provider.licence));
  out.set_cost(std::string(provider.cost));
  out.set_offline(provider.offline);
  for (const Field field : provider.fields) out.add_fields(std::string(FieldPath(field)));
  return out;
}

v1::Scenario ToProto(const Scenario& scenario) {
  v1::Scenario out;
  out.set_name(StrCat("scenarios/", scenario.id.value()));
  out.set_display_name(std::string(scenario.display_name));
  out.set_trigger(std::string(scenario.trigger));
  for (const std::string_view step : scenario.steps) out.add_steps(std::string(step));
  out.set_fill_policy(std::string(scenario.fill_policy));
  out.set_state(ToProto(scenario.state));
  return out;
}

v1::Run ToProto(const Run& run) {
  v1::Run out;
  out.set_name(StrCat("runs/", run.id.value()));
  out.set_scenario(StrCat("scenarios/", run.scenario.value()));
  out.set_contact(StrCat("contacts/", run.contact.value()));
  out.set_state(ToProto(run.state));
  out.set_attempts(run.attempts);
  *out.mutable_filled_fields() = {run.filled_fields.begin(), run.filled_fields.end()};
  out.set_error_reason(run.error_reason);
  SetTime(run.create_time, *out.mutable_create_time());
  if (run.end_time) SetTime(*run.end_time, *out.mutable_end_time());
  return out;
}

}  // namespace limpid::enrich
