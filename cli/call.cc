#include "cli/call.h"

#include <array>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "cli/api_methods.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/gateway_connection.h"
#include "cli/interrupt.h"
#include "cli/wait_for.h"
#include "libs/base/strings.h"
#include "libs/http/json_reader.h"
#include "libs/http/json_writer.h"
#include "libs/http/problem.h"

namespace limpid::cli {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr std::array kFlags = {
    Flag{"timeout", "TIME", "How long to wait for the answer, such as 5s; default 15s, streams: for ever."},
    Flag{"idempotency-key", "KEY", "The same key gives the same answer."},
    Flag{"language", "CODE", "Language of messages: fr or en."},
    Flag{"list", "", "Print the methods."},
    Flag{"help", "", "Print this."},
};

std::string HelpText() {
  return StrCat(
      "usage: limpid call SERVICE/METHOD ['JSON' | -]\n\nThe request is JSON ({} when left out, - reads "
      "stdin). The answer is one line of JSON, a stream\none line for each message. An error is problem "
      "details (RFC 9457) on stderr, exit code 1.\n\n",
      FlagHelp({kFlags}), "\nwhere the gateway is\n", FlagHelp({ConnectionFlags()}),
      "\n  limpid call CaptureService/Check '{\"email\":\"jean@gmial.com\"}'\n");
}

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor* type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

void PrintLine(const Message& message) {
  std::string line;
  http::AppendJson(message, line);
  line.push_back('\n');
  std::fputs(line.c_str(), stdout);
  std::fflush(stdout);
}

int PrintProblem(const MethodDescriptor& method, const absl::Status& error) {
  std::string line;
  http::AppendProblem(error, {.instance = method.full_name(), .request_id = {}}, line);
  line.push_back('\n');
  std::fputs(line.c_str(), stderr);
  return kExitFailed;
}

void PrintMethods() {
  for (const MethodDescriptor* method : ApiMethods()) {
    std::printf("%s/%s%s\n", method->service()->full_name().c_str(), method->name().c_str(),
                method->server_streaming() ? "  (stream)" : "");
  }
}

/// The deadline and metadata of the call; nothing when the flags cannot be read.
std::optional<Call> ReadCall(const Arguments& arguments, bool streaming) {
  Call call;
  call.idempotency_key = arguments.Value("idempotency-key");
  call.language = arguments.Value("language");
  absl::Duration timeout = streaming ? absl::InfiniteDuration() : absl::Seconds(15);
  if (arguments.Has("timeout") && !absl::ParseDuration(arguments.Value("timeout"), &timeout))
    return std::nullopt;
  return timeout == absl::InfiniteDuration() ? call : call.Within(timeout);
}

absl::Status Ask(const rpc::Peer& gateway, const MethodDescriptor& method, const Call& call,
                 std::unique_ptr<Message> request) {
  std::unique_ptr<Message> response = NewMessage(method.output_type());
  const std::string path = StrCat(method.service()->full_name(), "/", method.name());
  const rpc::AnyMethod ask(gateway, path, *request, *response, method.server_streaming());
  if (method.server_streaming()) {
    std::promise<absl::Status> ended;
    ask.Stream(
        call, *request, std::move(response),
        [](const Message& message, rpc::ReadNext next) {
          PrintLine(message);
          next();
        },
        [&ended](absl::Status status) { ended.set_value(std::move(status)); });
    return ended.get_future().get();
  }
  std::promise<absl::StatusOr<std::unique_ptr<Message>>> answered;
  ask.Unary(call,
            std::make_unique<rpc::AnyExchange>(std::move(request), std::move(response),
                                               [&answered](absl::StatusOr<std::unique_ptr<Message>> answer) {
                                                 answered.set_value(std::move(answer));
                                               }));
  const absl::StatusOr<std::unique_ptr<Message>> answer = answered.get_future().get();
  if (answer.ok()) PrintLine(**answer);
  return answer.status();
}

}  // namespace

int CallAnyMethod(std::span<const std::string> words) {
  const auto arguments = Arguments::Parse(words, {kFlags, ConnectionFlags()});
  if (!arguments.ok()) return Misused("call", Std(arguments.status().message()));
  if (arguments->Has("help")) {
    std::fputs(HelpText().c_str(), stdout);
    return kExitOk;
  }
  if (arguments->Has("list")) {
    PrintMethods();
    return kExitOk;
  }
  const std::vector<std::string>& given = arguments->words();
  if (given.empty() || given.size() > 2) return Misused("call", "give a method and its request as JSON");
  const auto method = FindApiMethod(given[0]);
  if (!method.ok()) return Misused("call", StrCat(method.status().message(), "; --list shows the methods"));
  if ((*method)->client_streaming()) return Misused("call", "the method takes a stream of requests");

  std::unique_ptr<Message> request = NewMessage((*method)->input_type());
  std::string json = given.size() == 2 ? given[1] : "{}";
  if (json == "-") json.assign(std::istreambuf_iterator<char>(std::cin), {});
  if (absl::Status status = http::ReadJson(json, *request); !status.ok())
    return PrintProblem(**method, status);
  std::optional<Call> call = ReadCall(*arguments, (*method)->server_streaming());
  if (!call) return Misused("call", "--timeout is a time with its unit, such as 5s");

  Interrupt interrupt;
  call->stop = interrupt.token();
  const absl::StatusOr<rpc::Peer> gateway = ConnectGateway(*arguments);
  if (!gateway.ok()) return Complain(gateway.status());
  const absl::Status status = Ask(*gateway, **method, *call, std::move(request));
  if (interrupt.requested()) return kExitInterrupted;
  return status.ok() ? kExitOk : PrintProblem(**method, status);
}

}  // namespace limpid::cli
