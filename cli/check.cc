#include "cli/check.h"

#include <array>
#include <cstdio>

#include "cli/arguments.h"
#include "cli/check_file.h"
#include "cli/check_one.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/gateway_connection.h"
#include "cli/interrupt.h"
#include "cli/wait_for.h"
#include "libs/base/strings.h"
#include "libs/http/json_writer.h"

namespace limpid::cli {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(15);

constexpr std::array kPersonFlags = {
    Flag{"email", "TEXT", "As it was typed."},
    Flag{"phone", "TEXT", "As it was typed."},
    Flag{"given-name", "TEXT", ""},
    Flag{"family-name", "TEXT", ""},
    Flag{"company", "TEXT", ""},
    Flag{"address-line", "TEXT", "Street line; may be given several times.", true},
    Flag{"postal-code", "TEXT", ""},
    Flag{"locality", "TEXT", "Town."},
    Flag{"region", "CODE", "Country of the address: FR, BE …"},
    Flag{"birth-date", "DATE", "1980-02-29"},
    Flag{"depth", "WORD", "fast (default), standard or deep."},
    Flag{"budget", "TIME", "Time for the checks, such as 800ms."},
};
constexpr std::array kFileFlags = {
    Flag{"output", "FILE", "Where the annotated file goes; default: NAME.limpid.csv beside the input."},
};
constexpr std::array kSharedFlags = {
    Flag{"default-region", "CODE", "Country of phones without a country code."},
    Flag{"language", "CODE", "Language of the messages: fr or en."},
    Flag{"form", "NAME", "Name of the form that it came through."},
    Flag{"json", "", "Print JSON."},
    Flag{"help", "", "Print this."},
};

std::string HelpText() {
  return StrCat(
      "usage: limpid check FILE.csv [FLAGS]\n       limpid check --email TEXT --phone TEXT [FLAGS]\n\none "
      "person\n",
      FlagHelp({kPersonFlags}), "\na file\n", FlagHelp({kFileFlags}), "\nboth\n", FlagHelp({kSharedFlags}),
      "\nwhere the gateway is\n", FlagHelp({ConnectionFlags()}),
      "\nA file needs a header; columns are found by their headings in French or English. Exit codes: 0 "
      "done,\n"
      "1 something was not checked, 2 the command line makes no sense, 130 interrupted.\n");
}

int CheckOne(const Arguments& arguments, const rpc::Peer& gateway, Interrupt& interrupt) {
  const absl::StatusOr<gateway::v1::CheckRequest> request = RequestOf(arguments);
  if (!request.ok()) {
    Complain(request.status());
    return kExitUsage;
  }
  const rpc::UnaryMethod<gateway::v1::CheckRequest, gateway::v1::CheckResponse> check(
      gateway, "limpid.gateway.v1.CaptureService/Check");
  const auto response = WaitFor<gateway::v1::CheckResponse>([&](Done<gateway::v1::CheckResponse> done) {
    Call call;
    call.stop = interrupt.token();
    check(call.Within(kTimeout), *request, std::move(done));
  });
  if (interrupt.requested()) return kExitInterrupted;
  if (!response.ok()) return Complain(response.status());
  std::string text;
  if (arguments.Has("json")) {
    http::AppendJson(*response, text);
    text.push_back('\n');
  } else {
    text = Describe(*response);
  }
  std::fputs(text.c_str(), stdout);
  return kExitOk;
}

}  // namespace

int Check(std::span<const std::string> words) {
  const auto arguments = Arguments::Parse(words, {kPersonFlags, kFileFlags, kSharedFlags, ConnectionFlags()});
  if (!arguments.ok()) return Misused("check", Std(arguments.status().message()));
  if (arguments->Has("help")) {
    std::fputs(HelpText().c_str(), stdout);
    return kExitOk;
  }
  if (arguments->words().size() > 1) return Misused("check", "one file at a time");
  const bool is_file = !arguments->words().empty();
  if (is_file) {
    for (const Flag& flag : kPersonFlags) {
      if (arguments->Has(flag.name))
        return Misused("check", StrCat("--", flag.name, " does not go with a file"));
    }
  } else if (!arguments->Has("email") && !arguments->Has("phone")) {
    return Misused("check", "give a file, --email or --phone");
  } else if (arguments->Has("output")) {
    return Misused("check", "--output goes with a file");
  }
  Interrupt interrupt;
  const absl::StatusOr<rpc::Peer> gateway = ConnectGateway(*arguments);
  if (!gateway.ok()) return Complain(gateway.status());
  return is_file ? CheckFile(arguments->words().front(), *arguments, *gateway, interrupt)
                 : CheckOne(*arguments, *gateway, interrupt);
}

}  // namespace limpid::cli
