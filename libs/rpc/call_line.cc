#include "libs/rpc/call_line.h"

#include "libs/base/strings.h"

namespace limpid::rpc {
namespace {

constexpr char kBlank = ' ';

std::string_view TakeField(std::string_view& line) {
  const size_t end = line.find(kBlank);
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return field;
}

std::string_view AsField(std::string_view text) {
  return text.find(kBlank) == std::string_view::npos ? text : std::string_view();
}

}  // namespace

CallLine ReadCallLine(std::string_view line) {
  CallLine read;
  read.principal = TakeField(line);
  read.request_id = TakeField(line);
  read.language = TakeField(line);
  return read;
}

std::string MakeCallLine(const Call& call, PrincipalSigner& signer) {
  return StrCat(signer.Sign({.tenant = call.tenant, .role = call.role, .key = call.key}), " ",
                AsField(call.request_id), " ", AsField(call.language));
}

}  // namespace limpid::rpc
