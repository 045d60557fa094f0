#include "tests/e2e/suite.h"

#include <fstream>
#include <iterator>
#include <utility>

#include <gmock/gmock.h>
#include <signal.h>

#include "libs/base/strings.h"

namespace limpid::e2e {
namespace {

constexpr std::string_view kAnyPort = "127.0.0.1:0";

std::string Binary(std::string_view name) { return StrCat(LIMPID_BIN_DIR, "/", name); }

std::string ReadFile(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string Address(const nlohmann::json& serving, const char* port) {
  return StrCat("127.0.0.1:", serving.value(port, 0));
}

}  // namespace

Suite::Suite(Options options) : environment_(std::move(options.environment)) {
  environment_["LIMPID_STATE_DIR"] = folder_.File("state");
  environment_["LIMPID_DATA_DIR"] = LIMPID_SOURCE_DIR "/data";
  environment_.emplace("LIMPID_DRAIN_WAIT", "0s");
  if (options.shape == Shape::kOneProcess) {
    Start("limpid", {Binary("limpid"), "serve"},
          {{"LIMPID_GATEWAY_HTTP_ADDR", std::string(kAnyPort)},
           {"LIMPID_GATEWAY_GRPC_ADDR", std::string(kAnyPort)},
           {"LIMPID_GATEWAY_OPS_ADDR", std::string(kAnyPort)}});
  } else {
    environment_["LIMPID_INTERNAL_KEY"] = "an internal key of the end-to-end tests";
    environment_["LIMPID_VERIFY_CHALLENGE_KEY"] = "a key of challenges of the end-to-end tests";
    for (const auto& [program, service] :
         {std::pair("verify-svc", "VERIFY"), std::pair("contact-svc", "CONTACT"),
          std::pair("enrich-svc", "ENRICH"), std::pair("gateway", "GATEWAY")}) {
      const std::string prefix = StrCat("LIMPID_", service);
      std::map<std::string, std::string> environment = {{prefix + "_GRPC_ADDR", std::string(kAnyPort)},
                                                        {prefix + "_OPS_ADDR", std::string(kAnyPort)}};
      if (std::string_view(service) == "GATEWAY") environment["LIMPID_GATEWAY_HTTP_ADDR"] = kAnyPort;
      Start(program, {Binary(program)}, std::move(environment));
      // What starts later finds it there; the services' prefix makes it a setting that others ignore.
      std::string target = Address(programs_.find(program)->second.serving, "grpc");
      if (std::string_view(service) == "VERIFY" && options.replicas_of_verify == 2) {
        Start(
            "verify-svc-2", {Binary(program)},
            {{prefix + "_GRPC_ADDR", std::string(kAnyPort)}, {prefix + "_OPS_ADDR", std::string(kAnyPort)}});
        StrAppend(target, ",", Address(programs_.find("verify-svc-2")->second.serving, "grpc"));
      }
      environment_[prefix + "_TARGET"] = StrCat("ipv4:", target);
    }
  }
  key_ = ReadFile(key_file());
  while (!key_.empty() && key_.back() == '\n') key_.pop_back();
  EXPECT_EQ(key_.size(), 46u) << "no key in " << key_file();
}

void Suite::Start(const std::string& name, std::vector<std::string> command,
                  std::map<std::string, std::string> environment) {
  environment.insert(environment_.begin(), environment_.end());
  Running& program = programs_[name];
  program.command = std::move(command);
  program.environment = std::move(environment);
  Launch(program);
}

void Suite::Launch(Running& program) const {
  auto process = testing::Process::Start({.command = program.command, .environment = program.environment});
  ASSERT_TRUE(process.ok()) << process.status();
  program.process = *std::move(process);
  const auto line = program.process->WaitForLine("\"event\":\"serving\"");
  ASSERT_TRUE(line.has_value()) << program.command.front() << " does not serve:\n"
                                << program.process->Output();
  program.serving = nlohmann::json::parse(*line);
}

void Suite::Restart(std::string_view name) {
  Running& program = programs_.find(name)->second;
  for (const char* port : {"grpc", "ops", "http"}) {
    if (!program.serving.contains(port)) continue;
    for (auto& [variable, value] : program.environment) {
      std::string suffix = StrCat("_", port, "_ADDR");
      for (char& c : suffix) c = static_cast<char>(std::toupper(c));
      if (variable.ends_with(suffix)) value = Address(program.serving, port);
    }
  }
  program.process.reset();
  Launch(program);
}

testing::Process& Suite::Program(std::string_view name) { return *programs_.find(name)->second.process; }

bool Suite::Stop() {
  bool clean = true;
  for (const std::string_view name :
       {"gateway", "enrich-svc", "contact-svc", "verify-svc", "verify-svc-2", "limpid"}) {
    const auto found = programs_.find(name);
    if (found == programs_.end() || found->second.process == nullptr) continue;
    found->second.process->Signal(SIGTERM);
    clean &= found->second.process->Wait() == 0;
  }
  return clean;
}

std::string Suite::Logs() const {
  std::string all;
  for (const auto& [name, program] : programs_) {
    if (program.process != nullptr) all += program.process->Output();
  }
  return all;
}

const Suite::Running& Suite::Gateway() const {
  const auto found = programs_.find("gateway");
  return found != programs_.end() ? found->second : programs_.find("limpid")->second;
}

std::string Suite::http_url() const { return StrCat("http://", Address(Gateway().serving, "http")); }
std::string Suite::grpc_target() const { return Address(Gateway().serving, "grpc"); }
std::string Suite::ops_url(std::string_view name) const {
  const Running& program = name.empty() ? Gateway() : programs_.find(name)->second;
  return StrCat("http://", Address(program.serving, "ops"));
}
std::string Suite::key_file() const { return folder_.File("state/admin.key"); }

HttpAnswer Suite::Call(std::string_view method, std::string_view path, std::string_view body,
                       std::vector<std::pair<std::string, std::string>> headers) {
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(headers, [&](const auto& header) { return header.first == name; });
  };
  if (!has("Authorization")) headers.emplace_back("Authorization", "Bearer " + key_);
  if (!has("Content-Type") && !body.empty()) headers.emplace_back("Content-Type", "application/json");
  return Send({.method = std::string(method),
               .url = StrCat(http_url(), path),
               .headers = std::move(headers),
               .body = std::string(body)});
}

Suite::CliAnswer Suite::Cli(std::vector<std::string> arguments) {
  // Through a shell, which keeps stdout apart in a file: the harness reads stderr.
  const std::string output = folder_.File("cli.out");
  std::vector<std::string> command = {"sh", "-c",   "out=$1; shift; exec \"$@\" >\"$out\"",
                                      "sh", output, Binary("limpid")};
  command.insert(command.end(), arguments.begin(), arguments.end());
  auto process = testing::Process::Start({.command = std::move(command),
                                          .environment = {{"LIMPID_GATEWAY_TARGET", grpc_target()},
                                                          {"LIMPID_KEY_FILE", key_file()},
                                                          {"LIMPID_DATA_DIR", LIMPID_SOURCE_DIR "/data"}}});
  EXPECT_TRUE(process.ok());
  CliAnswer answer;
  answer.status = (*process)->Wait();
  (*process)->WaitForLine("\x01 no such line: waits for the end of stderr");
  answer.errors = (*process)->Output();
  answer.output = ReadFile(output);
  return answer;
}

}  // namespace limpid::e2e
