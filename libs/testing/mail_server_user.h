#pragma once

#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"

#include "libs/testing/temp_dir.h"

/// How the mail servers that scripts/lib/unpack_mail_servers lays into build/mail-servers run without being
/// installed.
namespace limpid::testing {

/// The path of an unpacked file, e.g. `usr/sbin/exim4`.
std::string UnpackedMailFile(std::string_view path);

/// FAILED_PRECONDITION with what to do when the servers were not unpacked.
absl::Status MailServersUnpacked();

/// What makes a server find its libraries, and users and groups called `names` that the machine need not
/// have: the first is whoever runs the test, or, where that is root, a number that nobody else has, because
/// mail servers serve nobody as root; the others have the numbers that follow. The tables lie in `folder`.
std::map<std::string, std::string> MailServerEnvironment(const TempDir& folder,
                                                         std::initializer_list<std::string_view> names);

/// The same for a server that refuses to start as anybody but root: a plain user's pretends to be.
std::map<std::string, std::string> WithRootPretended(std::map<std::string, std::string> environment);

/// Makes a folder in `folder` that belongs to the first of them.
std::string MakeMailServerFolder(const TempDir& folder, std::string_view name);

}  // namespace limpid::testing
