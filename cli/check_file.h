#pragma once

#include <string>

#include "cli/arguments.h"
#include "cli/interrupt.h"
#include "libs/rpc/client.h"

namespace limpid::cli {

/// `limpid check FILE.csv`: checks the file, writes it annotated beside it, prints what it holds. Returns the
/// exit code.
int CheckFile(const std::string& path, const Arguments& arguments, const rpc::Peer& gateway,
              Interrupt& interrupt);

/// Where the annotated file goes when nobody says: `contacts.csv` → `contacts.limpid.csv`.
std::string AnnotatedPath(const std::string& path);

}  // namespace limpid::cli
