#include "tests/verify-svc/phone/stub/provider_answers.h"

#include <algorithm>
#include <fstream>

#include "tests/verify-svc/phone/stub/line.h"

namespace limpid::testing {
namespace {

using nlohmann::json;

// The documented example, whose values are then replaced.
json Documented(const std::string& file) {
  std::ifstream in(std::string(LIMPID_SOURCE_DIR) + "/tests/data/phone/providers/" + file);
  return json::parse(in);
}

std::string Digits(const std::string& text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

std::string Decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      decoded.push_back(static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16)));
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

std::vector<std::string> List(const json& numbers) {
  std::vector<std::string> list;
  for (const json& number : numbers) list.push_back(Digits(number.get<std::string>()));
  return list;
}

// What SMSFactor and Infobip have in common.
json HlrReport(const std::string& number, json report) {
  const Line line = LineOf(number);
  report["to"] = number;
  report["mccMnc"] = line.ported ? "20810" : "20801";
  report["originalNetwork"] = {{"networkName", "Orange"},
                               {"networkPrefix", "612"},
                               {"countryName", "France"},
                               {"countryPrefix", "33"}};
  report["ported"] = line.ported;
  if (line.ported)
    report["portedNetwork"] = {{"networkName", "SFR"}, {"countryName", "France"}, {"countryPrefix", "33"}};
  report["roaming"] = line.roaming;
  if (line.roaming)
    report["roamingNetwork"] = {{"networkName", "Tele2"}, {"countryName", "Sweden"}, {"countryPrefix", "46"}};
  json& status = report["status"];
  json& error = report["error"];
  const auto say = [&](const char* name, const char* detailed, int id, const char* description,
                       bool permanent) {
    status["name"] = name;
    if (status.contains("detailed")) status["detailed"] = detailed;
    if (status.contains("groupName")) {
      status["groupName"] = name;
      status["name"] = detailed;
    }
    status["description"] = description;
    error["id"] = id;
    error["description"] = description;
    error["permanent"] = permanent;
  };
  switch (line.subscriber) {
    case Subscriber::kReachable:
      say("DELIVERED", "DELIVERED_TO_HANDSET", 0, "No Error", false);
      break;
    case Subscriber::kAbsent:
      say("UNDELIVERABLE", "UNDELIVERABLE_NOT_DELIVERED", 27, "Absent Subscriber", false);
      break;
    case Subscriber::kUnassigned:
      say("UNDELIVERABLE", "UNDELIVERABLE_NOT_DELIVERED", 1, "Unknown Subscriber", true);
      break;
    case Subscriber::kBarred:
      say("UNDELIVERABLE", "UNDELIVERABLE_NOT_DELIVERED", 13, "Call Barred", false);
      break;
    case Subscriber::kUnknown:
      say("UNDELIVERABLE", "UNDELIVERABLE_NOT_DELIVERED", 255, "Unknown Error", false);
      break;
    case Subscriber::kNoCoverage:
      say("REJECTED", "REJECTED_NETWORK", 0, "Network not available", false);
      break;
  }
  return report;
}

json Reports(const ProviderQuestion& question, const json& example) {
  json reports = json::array();
  // In another order than asked, as bulk answers come.
  for (auto number = question.numbers.rbegin(); number != question.numbers.rend(); ++number) {
    if (LineOf(*number).fault != Fault::kLeftOut) reports.push_back(HlrReport(*number, example));
  }
  return reports;
}

json SmsFactor(const ProviderQuestion& question) {
  json answer = Documented("smsfactor_lookup_response.json");
  const json example = answer["response"]["lookup"][0];
  answer["cost"] = question.numbers.size();
  answer["response"]["lookup"] = Reports(question, example);
  return answer;
}

json Infobip(const ProviderQuestion& question) {
  json answer = Documented("infobip_query_response.json");
  const json example = answer["results"][0];
  answer["results"] = Reports(question, example);
  return answer;
}

json Twilio(const ProviderQuestion& question) {
  const std::string& number = question.numbers.front();
  const Line line = LineOf(number);
  json answer = Documented("twilio_lookup_v2_live_activity_ported_roaming.json");
  answer["phone_number"] = "+" + number;
  answer["country_code"] = "FR";
  answer["calling_country_code"] = "33";
  json& live = answer["live_activity"];
  live["original_carrier"] = {
      {"name", "Orange"}, {"mobile_country_code", "208"}, {"mobile_network_code", "01"}};
  live["ported"] = line.ported ? "true" : "false";
  live["ported_carrier"] = nullptr;
  if (line.ported) {
    live["ported_carrier"] = {{"name", "SFR"}, {"mobile_country_code", "208"}, {"mobile_network_code", "10"}};
  }
  live["roaming"] = line.roaming ? "true" : "false";
  live["connectivity"] = nullptr;
  const char* status = nullptr;
  switch (line.subscriber) {
    case Subscriber::kReachable:
      status = "reachable";
      live["connectivity"] = "connected";
      break;
    case Subscriber::kAbsent:
      status = "unreachable";
      break;
    case Subscriber::kUnassigned:
      status = "inactive";
      break;
    case Subscriber::kBarred:
    case Subscriber::kUnknown:
      status = "unknown";
      break;
    case Subscriber::kNoCoverage:
      live = {{"error_code", 60600}};
      answer["line_status"] = {{"status", nullptr}, {"error_code", 60600}};
      return answer;
  }
  answer["line_status"] = {{"status", status}, {"error_code", nullptr}};
  answer["line_type_intelligence"] = Documented("twilio_lookup_v2_line_type.json")["line_type_intelligence"];
  answer["line_type_intelligence"]["type"] = "mobile";
  answer["line_type_intelligence"]["mobile_country_code"] = "208";
  answer["line_type_intelligence"]["mobile_network_code"] = line.ported ? "10" : "01";
  answer["line_type_intelligence"]["carrier_name"] = line.ported ? "SFR" : "Orange";
  answer["sim_swap"] = Documented("twilio_lookup_v2_sim_swap.json")["sim_swap"];
  answer["sim_swap"]["last_sim_swap"]["swapped_in_period"] = line.sim_swapped;
  return answer;
}

json Vonage(const ProviderQuestion& question) {
  const Line line = LineOf(question.numbers.front());
  json answer = Documented("vonage_identity_insights_response_sim_swap.json");
  json& insights = answer["insights"];
  const json ok = insights["sim_swap"]["status"];
  if (line.subscriber == Subscriber::kNoCoverage) {
    const json none = {{"status", {{"code", "NO_COVERAGE"}, {"message", "Network not supported."}}}};
    insights = {
        {"current_carrier", none}, {"original_carrier", none}, {"reachability", none}, {"roaming", none}};
    return answer;
  }
  insights["sim_swap"]["is_swapped"] = line.sim_swapped;
  insights["original_carrier"] = {{"name", "Orange"},
                                  {"network_type", "MOBILE"},
                                  {"country_code", "FR"},
                                  {"network_code", "20801"},
                                  {"status", ok}};
  insights["current_carrier"] = {{"name", line.ported ? "SFR" : "Orange"},
                                 {"network_type", "MOBILE"},
                                 {"country_code", "FR"},
                                 {"network_code", line.ported ? "20810" : "20801"},
                                 {"status", ok}};
  insights["roaming"] = {{"is_roaming", line.roaming}, {"country_codes", json::array()}, {"status", ok}};
  if (line.roaming) insights["roaming"]["country_codes"] = {"SE"};
  insights["reachability"] = {
      {"is_reachable", line.subscriber == Subscriber::kReachable}, {"connectivity", {"SMS"}}, {"status", ok}};
  if (line.subscriber == Subscriber::kUnassigned || line.subscriber == Subscriber::kUnknown) {
    insights["reachability"] = {{"status", {{"code", "NOT_FOUND"}, {"message", "Not found."}}}};
  }
  return answer;
}

json HlrLookups(const ProviderQuestion& question) {
  const std::string& number = question.numbers.front();
  const Line line = LineOf(number);
  json answer = Documented("hlrlookups_hlr_response.json");
  answer["msisdn"] = "+" + number;
  answer["mccmnc"] = line.ported ? "20810" : "20801";
  answer["original_network_name"] = "Orange";
  answer["is_ported"] = line.ported;
  answer["ported_network_name"] = nullptr;
  if (line.ported) answer["ported_network_name"] = "SFR";
  answer["is_roaming"] = line.roaming;
  if (line.roaming) answer["roaming_country_code"] = "SE";
  switch (line.subscriber) {
    case Subscriber::kReachable:
      answer["connectivity_status"] = "CONNECTED";
      break;
    case Subscriber::kAbsent:
      answer["connectivity_status"] = "ABSENT";
      break;
    case Subscriber::kUnassigned:
      answer["connectivity_status"] = "INVALID_MSISDN";
      break;
    case Subscriber::kBarred:
    case Subscriber::kUnknown:
      answer["connectivity_status"] = "UNDETERMINED";
      break;
    case Subscriber::kNoCoverage:
      answer["connectivity_status"] = nullptr;
      answer["processing_status"] = "REJECTED";
      break;
  }
  return answer;
}

json Telnyx(const ProviderQuestion& question) {
  const std::string& number = question.numbers.front();
  const Line line = LineOf(number);
  json answer = Documented("telnyx_number_lookup.json");
  json& data = answer["data"];
  data["phone_number"] = "+" + number;
  data["country_code"] = "FR";
  data["carrier"] = {{"error_code", nullptr},
                     {"mobile_country_code", "208"},
                     {"mobile_network_code", line.ported ? 10 : 1},
                     {"name", line.ported ? "SFR" : "Orange"},
                     {"type", "mobile"}};
  data["portability"]["ported_status"] = line.ported ? "Y" : "N";
  data["portability"]["line_type"] = "mobile";
  if (line.subscriber == Subscriber::kNoCoverage)
    data["carrier"] = {{"error_code", "10001"}, {"name", nullptr}};
  return answer;
}

// No documented provider: the shape that the test's settings describe.
json Generic(const ProviderQuestion& question) {
  const std::string& number = question.numbers.front();
  const Line line = LineOf(number);
  constexpr const char* kWords[] = {"alive", "off", "dead", "barred", "dunno", "dunno"};
  return {{"result",
           {{"msisdn", number},
            {"state", kWords[static_cast<int>(line.subscriber)]},
            {"porting", {{"moved", line.ported ? 1 : 0}}},
            {"net", {{"title", line.ported ? "SFR" : "Orange"}, {"code", line.ported ? 20810 : 20801}}}}}};
}

bool Take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::optional<ProviderQuestion> ReadQuestion(const ProviderRequest& request) {
  std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
  const json body = json::parse(request.body, nullptr, /*allow_exceptions=*/false);
  if (request.method == "GET") {
    for (const auto& [prefix, provider] : {std::pair{"/v2/PhoneNumbers/", "twilio"},
                                           {"/v2/number_lookup/", "telnyx"},
                                           {"/generic/", "generic"}}) {
      if (Take(path, prefix))
        return ProviderQuestion{.provider = provider, .numbers = {Digits(Decoded(path))}};
    }
    return std::nullopt;
  }
  if (path == "/lookup")
    return ProviderQuestion{.provider = "smsfactor", .numbers = List(body["lookup"]["to"])};
  if (path == "/number/1/query") return ProviderQuestion{.provider = "infobip", .numbers = List(body["to"])};
  if (path == "/number/1/notify") {
    return ProviderQuestion{
        .provider = "infobip", .numbers = List(body["to"]), .notify_url = body["notifyUrl"]};
  }
  if (path == "/v0.1/identity-insights") {
    return ProviderQuestion{.provider = "vonage", .numbers = {Digits(body["phone_number"])}};
  }
  if (path == "/api/v2/hlr-lookup") {
    return ProviderQuestion{.provider = "hlr_lookups", .numbers = {Digits(body["msisdn"])}};
  }
  return std::nullopt;
}

json AnswerTo(const ProviderQuestion& question) {
  if (question.provider == "smsfactor") return SmsFactor(question);
  if (question.provider == "infobip") return Infobip(question);
  if (question.provider == "twilio") return Twilio(question);
  if (question.provider == "vonage") return Vonage(question);
  if (question.provider == "hlr_lookups") return HlrLookups(question);
  if (question.provider == "telnyx") return Telnyx(question);
  return Generic(question);
}

json RefusalOf(const ProviderQuestion& question) {
  const std::string& provider = question.provider;
  if (provider == "smsfactor") return {{"status", -3}, {"message", "NOT_ENOUGH_CREDITS"}};
  if (provider == "infobip") return Documented("infobip_error_400.json");
  if (provider == "twilio") {
    json answer = Documented("twilio_lookup_v2_line_type.json");
    answer["phone_number"] = "+" + question.numbers.front();
    answer["line_type_intelligence"] = {{"error_code", 60601}, {"type", nullptr}};
    return answer;
  }
  if (provider == "vonage") {
    return {{"insights", {{"current_carrier", {{"status", {{"code", "UNAUTHORIZED"}}}}}}}};
  }
  if (provider == "hlr_lookups")
    return {{"processing_status", "FAILED"}, {"error_code", "INSUFFICIENT_CREDIT"}};
  if (provider == "telnyx") return {{"errors", {{{"code", "10009"}, {"title", "Authentication failed"}}}}};
  return {{"fault", "no such customer"}};
}

json AcceptanceOf(const ProviderQuestion& question) {
  json results = json::array();
  for (const std::string& number : question.numbers) {
    results.push_back(
        {{"to", number},
         {"status", {{"groupId", 1}, {"groupName", "PENDING"}, {"id", 7}, {"name", "PENDING_ENROUTE"}}},
         {"messageId", "id-of-" + number}});
  }
  return {{"results", results}, {"bulkId", "BULK-ID-123-xyz"}};
}

}  // namespace limpid::testing
