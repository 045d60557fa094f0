#pragma once

#include <string>

#include "absl/status/statusor.h"

#include "libs/quality/email/email_lists.h"

namespace limpid::quality {

/// The e-mail lists of a data folder: mapped from the compiled file, `email/lists.bin`, where it is no older
/// than the texts beside it, else compiled from those. Of the source tree the compiled file lies in the build
/// folder. NOT_FOUND names the file that is missing, INVALID_ARGUMENT what cannot be read.
absl::StatusOr<EmailLists> LoadEmailLists(const std::string& directory);

/// Reads every text of a data folder.
absl::StatusOr<EmailListTexts> ReadEmailListTexts(const std::string& directory);

/// Where LoadEmailLists() looks for the compiled file.
std::string CompiledListsPath(const std::string& directory);

}  // namespace limpid::quality
