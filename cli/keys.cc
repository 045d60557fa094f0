#include "cli/keys.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "limpid/gateway/v1/key_service.pb.h"

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/gateway_connection.h"
#include "cli/text_table.h"
#include "cli/wait_for.h"
#include "libs/base/strings.h"
#include "libs/http/json_writer.h"

namespace limpid::cli {
namespace {

using gateway::v1::Key;

constexpr absl::Duration kTimeout = absl::Seconds(15);

constexpr std::array kCreateFlags = {
    Flag{"role", "ROLE", "operator, admin, standard, reader or capture."},
    Flag{"name", "TEXT", "What the key is for."},
    Flag{"origin", "ORIGIN", "Site whose forms may use a capture key: https://shop.example; several times.",
         true},
    Flag{"rate", "NUMBER", "Calls per minute; default: the gateway's setting."},
};
constexpr std::array kRotateFlags = {
    Flag{"overlap", "TIME", "How long the old secret stays accepted: 24h (default), 0s … 720h."},
};
constexpr std::array kSharedFlags = {
    Flag{"json", "", "Print JSON."},
    Flag{"help", "", "Print this."},
};

std::string HelpText() {
  return StrCat(
      "usage: limpid keys create --role ROLE [FLAGS]\n       limpid keys list\n       limpid keys get | "
      "revoke KEY\n"
      "       limpid keys rotate KEY [--overlap TIME]\n\nKEY is keys/k… or k… alone. create and rotate print "
      "the secret, "
      "this once.\n\ncreate\n",
      FlagHelp({kCreateFlags}), "\nrotate\n", FlagHelp({kRotateFlags}), "\nall\n", FlagHelp({kSharedFlags}),
      "\nwhere the gateway is\n", FlagHelp({ConnectionFlags()}));
}

std::string Date(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

std::string StateOf(const Key& key) {
  if (key.has_revoke_time()) return StrCat("revoked ", Date(key.revoke_time()));
  if (key.has_previous_expire_time())
    return StrCat("rotated, old secret until ", Date(key.previous_expire_time()));
  return "in force";
}

void AddRow(TextTable& table, const Key& key) {
  table.AddRow({key.name(), StrCat(key.secret_prefix(), "…"), type::v1::Role::Value_Name(key.role()),
                StrCat(key.rate_per_minute(), "/min"), StateOf(key), key.display_name(),
                absl::StrJoin(key.origins(), " ")});
}

TextTable KeyTable() {
  using Align = TextTable::Align;
  return TextTable(
      {Align::kLeft, Align::kLeft, Align::kLeft, Align::kRight, Align::kLeft, Align::kLeft, Align::kLeft});
}

void Print(const Key& key, bool json) {
  std::string text;
  if (json) {
    http::AppendJson(key, text);
    text.push_back('\n');
  } else {
    TextTable table = KeyTable();
    AddRow(table, key);
    text = table.Render();
    if (!key.secret().empty()) StrAppend(text, "\n", key.secret(), "\n");
  }
  std::fputs(text.c_str(), stdout);
}

template <class Request, class Response>
absl::StatusOr<Response> Ask(const rpc::Peer& gateway, std::string_view method, const Request& request) {
  const rpc::UnaryMethod<Request, Response> call(gateway, StrCat("limpid.gateway.v1.KeyService/", method));
  return WaitFor<Response>(
      [&](Done<Response> done) { call(Call{}.Within(kTimeout), request, std::move(done)); });
}

template <class Request>
int AskForKey(const rpc::Peer& gateway, std::string_view method, const Request& request, bool json) {
  const absl::StatusOr<Key> key = Ask<Request, Key>(gateway, method, request);
  if (!key.ok()) return Complain(key.status());
  Print(*key, json);
  return kExitOk;
}

int List(const rpc::Peer& gateway, bool json) {
  TextTable table = KeyTable();
  gateway::v1::ListKeysRequest request;
  request.set_page_size(1000);
  do {
    const auto page =
        Ask<gateway::v1::ListKeysRequest, gateway::v1::ListKeysResponse>(gateway, "ListKeys", request);
    if (!page.ok()) return Complain(page.status());
    for (const Key& key : page->keys()) {
      if (json) {
        Print(key, true);
      } else {
        AddRow(table, key);
      }
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  std::fputs(table.Render().c_str(), stdout);
  return kExitOk;
}

int Create(const Arguments& arguments, const rpc::Peer& gateway) {
  gateway::v1::CreateKeyRequest request;
  type::v1::Role::Value role = type::v1::Role::ROLE_UNSPECIFIED;
  if (!type::v1::Role::Value_Parse(absl::AsciiStrToUpper(arguments.Value("role")), &role)) {
    return Misused("keys", "--role is operator, admin, standard, reader or capture");
  }
  request.mutable_key()->set_role(role);
  request.mutable_key()->set_display_name(arguments.Value("name"));
  for (const std::string& origin : arguments.Values("origin")) request.mutable_key()->add_origins(origin);
  if (const std::string rate = arguments.Value("rate"); !rate.empty()) {
    int number = 0;
    const auto [end, error] = std::from_chars(rate.data(), rate.data() + rate.size(), number);
    if (error != std::errc() || end != rate.data() + rate.size())
      return Misused("keys", "--rate is a number");
    request.mutable_key()->set_rate_per_minute(number);
  }
  return AskForKey(gateway, "CreateKey", request, arguments.Has("json"));
}

int Rotate(const std::string& name, const Arguments& arguments, const rpc::Peer& gateway) {
  gateway::v1::RotateKeyRequest request;
  request.set_name(name);
  if (arguments.Has("overlap")) {
    absl::Duration overlap;
    if (!absl::ParseDuration(arguments.Value("overlap"), &overlap)) {
      return Misused("keys", "--overlap is a time with its unit, such as 24h");
    }
    request.mutable_overlap()->set_seconds(absl::ToInt64Seconds(overlap));
  }
  return AskForKey(gateway, "RotateKey", request, arguments.Has("json"));
}

}  // namespace

int Keys(std::span<const std::string> words) {
  const auto arguments =
      Arguments::Parse(words, {kCreateFlags, kRotateFlags, kSharedFlags, ConnectionFlags()});
  if (!arguments.ok()) return Misused("keys", Std(arguments.status().message()));
  if (arguments->Has("help")) {
    std::fputs(HelpText().c_str(), stdout);
    return kExitOk;
  }
  const std::vector<std::string>& given = arguments->words();
  const std::string verb = given.empty() ? "" : given.front();
  const bool needs_key = verb == "get" || verb == "revoke" || verb == "rotate";
  if (!needs_key && verb != "create" && verb != "list") {
    return Misused("keys", "say create, list, get, revoke or rotate");
  }
  if (given.size() != (needs_key ? 2u : 1u))
    return Misused("keys", needs_key ? "say which key" : "too many words");
  const absl::StatusOr<rpc::Peer> gateway = ConnectGateway(*arguments);
  if (!gateway.ok()) return Complain(gateway.status());
  if (verb == "list") return List(*gateway, arguments->Has("json"));
  if (verb == "create") return Create(*arguments, *gateway);

  const std::string name = given[1].find('/') == std::string::npos ? "keys/" + given[1] : given[1];
  if (verb == "rotate") return Rotate(name, *arguments, *gateway);
  if (verb == "revoke") {
    gateway::v1::RevokeKeyRequest request;
    request.set_name(name);
    return AskForKey(*gateway, "RevokeKey", request, arguments->Has("json"));
  }
  gateway::v1::GetKeyRequest request;
  request.set_name(name);
  return AskForKey(*gateway, "GetKey", request, arguments->Has("json"));
}

}  // namespace limpid::cli
