#include "cli/api_methods.h"

#include <algorithm>
#include <array>
#include <string>

#include "google/protobuf/descriptor.h"
#include "limpid/contact/v1/contact_service.pb.h"
#include "limpid/enrich/v1/enrichment_service.pb.h"
#include "limpid/enrich/v1/scenario_service.pb.h"
#include "limpid/gateway/v1/capture_service.pb.h"
#include "limpid/gateway/v1/key_service.pb.h"
#include "limpid/gateway/v1/tenant_service.pb.h"
#include "limpid/verify/v1/challenge_service.pb.h"
#include "limpid/verify/v1/email_service.pb.h"
#include "limpid/verify/v1/phone_service.pb.h"
#include "limpid/verify/v1/policy_service.pb.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/rpc/access.h"

namespace limpid::cli {
namespace {

using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;

std::vector<const FileDescriptor*> ApiFiles() {
  return {gateway::v1::CheckRequest::descriptor()->file(),
          gateway::v1::Key::descriptor()->file(),
          gateway::v1::Tenant::descriptor()->file(),
          verify::v1::Challenge::descriptor()->file(),
          verify::v1::VerifyEmailRequest::descriptor()->file(),
          verify::v1::VerifyPhoneRequest::descriptor()->file(),
          verify::v1::VerificationPolicy::descriptor()->file(),
          contact::v1::GetContactRequest::descriptor()->file(),
          enrich::v1::PreviewEnrichmentRequest::descriptor()->file(),
          enrich::v1::Scenario::descriptor()->file()};
}

/// Whether `name` ends in `end`, and `end` begins where a word of it begins.
bool EndsIn(std::string_view name, std::string_view end) {
  if (name.size() < end.size() || name.substr(name.size() - end.size()) != end) return false;
  return name.size() == end.size() || name[name.size() - end.size() - 1] == '.';
}

}  // namespace

std::vector<const MethodDescriptor*> ApiMethods() {
  std::vector<const MethodDescriptor*> methods;
  for (const FileDescriptor* file : ApiFiles()) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        const MethodDescriptor* const method = file->service(i)->method(j);
        if (!rpc::Access(*method).internal()) methods.push_back(method);
      }
    }
  }
  std::ranges::sort(methods, {}, &MethodDescriptor::full_name);
  return methods;
}

absl::StatusOr<const MethodDescriptor*> FindApiMethod(std::string_view name) {
  std::string wanted(name);
  std::ranges::replace(wanted, '/', '.');
  std::vector<const MethodDescriptor*> found;
  std::string names;
  for (const MethodDescriptor* method : ApiMethods()) {
    if (!EndsIn(method->full_name(), wanted)) continue;
    found.push_back(method);
    StrAppend(names, names.empty() ? "" : ", ", method->full_name());
  }
  if (found.empty()) return NotFound("method", name);
  if (found.size() > 1) return InvalidRequest(reason::kInvalidRequest, StrCat(name, " could be ", names));
  return found.front();
}

}  // namespace limpid::cli
