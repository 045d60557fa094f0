#include "cli/check_one.h"

#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"

#include "cli/text_table.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::cli {
namespace {

using Align = TextTable::Align;

void AddUnlessEmpty(TextTable& table, std::string_view label, const std::string& value) {
  if (!value.empty()) table.AddRow({std::string(label), value});
}

std::string DescribeFindings(const gateway::v1::CheckResponse& response) {
  TextTable table({Align::kLeft, Align::kLeft, Align::kLeft});
  for (const gateway::v1::Finding& finding : response.findings()) {
    table.AddRow({finding.field(), finding.reason(), finding.message()});
  }
  return table.Render(2);
}

std::string DescribeVerdicts(const gateway::v1::CheckResponse& response) {
  TextTable table({Align::kLeft, Align::kLeft});
  if (response.has_email()) {
    const verify::v1::EmailVerdict& email = response.email();
    table.AddRow({"email", StrCat(type::v1::EmailStatus::Value_Name(email.status()), " ", email.reason(),
                                  ", score ", email.score())});
    AddUnlessEmpty(table, "", email.normalized());
  }
  if (response.has_phone()) {
    const verify::v1::PhoneVerdict& phone = response.phone();
    std::string kind = absl::StrJoin(phone.reasons(), " ");
    if (phone.type() != verify::v1::PhoneType::PHONE_TYPE_UNSPECIFIED) {
      kind = StrCat(kind, kind.empty() ? "" : " ", verify::v1::PhoneType::Value_Name(phone.type()), " ",
                    phone.region_code());
    }
    table.AddRow({"phone", StrCat(type::v1::PhoneStatus::Value_Name(phone.status()), " ", kind)});
    AddUnlessEmpty(table, "", phone.e164().empty() ? "" : StrCat(phone.e164(), "  (", phone.national(), ")"));
  }
  for (const type::v1::Completion& completion : response.completions()) {
    table.AddRow({"completion", StrCat(completion.field(), " = ", completion.value())});
  }
  for (const contact::v1::Match& match : response.matches()) {
    table.AddRow({"known", StrCat(match.contact().name(), " ",
                                  contact::v1::Match::Decision::Value_Name(match.decision()), " ",
                                  Percent(static_cast<size_t>(match.probability() * 1000), 1000))});
  }
  for (const gateway::v1::Incomplete& part : response.incomplete()) {
    table.AddRow({"not known", StrCat(part.part(), " ", part.reason())});
  }
  return table.Render(2);
}

}  // namespace

absl::StatusOr<gateway::v1::CheckRequest> RequestOf(const Arguments& arguments) {
  gateway::v1::CheckRequest request;
  request.set_email(arguments.Value("email"));
  request.set_phone(arguments.Value("phone"));
  request.set_given_name(arguments.Value("given-name"));
  request.set_family_name(arguments.Value("family-name"));
  request.set_company(arguments.Value("company"));
  request.set_birth_date(arguments.Value("birth-date"));
  request.set_default_region(arguments.Value("default-region"));
  request.set_language_code(arguments.Value("language"));
  request.set_form(arguments.Value("form"));

  type::v1::PostalAddress address;
  for (const std::string& line : arguments.Values("address-line")) address.add_address_lines(line);
  address.set_postal_code(arguments.Value("postal-code"));
  address.set_locality(arguments.Value("locality"));
  address.set_region_code(arguments.Value("region"));
  if (address.ByteSizeLong() > 0) *request.mutable_postal_address() = std::move(address);

  ErrorCollector errors;
  if (const std::string depth = absl::AsciiStrToUpper(arguments.Value("depth")); !depth.empty()) {
    type::v1::Depth::Value value;
    if (!type::v1::Depth::Value_Parse(depth, &value) || value == type::v1::Depth::DEPTH_UNSPECIFIED) {
      errors.Add("--depth", reason::kUnknownValue, "fast, standard or deep");
    } else {
      request.set_depth(value);
    }
  }
  if (arguments.Has("budget")) {
    absl::Duration budget;
    if (!absl::ParseDuration(arguments.Value("budget"), &budget) || budget == absl::InfiniteDuration() ||
        budget == -absl::InfiniteDuration()) {
      errors.Add("--budget", reason::kInvalidFormat, "a duration with its unit, such as 800ms");
    } else {
      const int64_t seconds = absl::IDivDuration(budget, absl::Seconds(1), &budget);
      request.mutable_budget()->set_seconds(seconds);
      request.mutable_budget()->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(budget)));
    }
  }
  if (absl::Status status = errors.Finish(); !status.ok()) return status;
  return request;
}

std::string Describe(const gateway::v1::CheckResponse& response) {
  return StrCat(gateway::v1::Decision::Value_Name(response.decision()), "\n", DescribeFindings(response),
                DescribeVerdicts(response));
}

}  // namespace limpid::cli
