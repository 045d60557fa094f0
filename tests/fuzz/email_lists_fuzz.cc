#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "libs/base/strings.h"
#include "libs/quality/email/domain_typo.h"
#include "libs/quality/email/email_lists.h"
#include "libs/quality/email/list_image.h"
#include "libs/quality/email/repair.h"

namespace limpid::fuzz {
namespace {

using quality::EmailLists;

/// A list file that opens answers every question, whatever stands in it.
void AskEverything(const EmailLists& lists) {
  for (const std::string_view domain : {"a.fr", "x.a.co.uk", "gmial.com", "hotmail.fr.fr", "gmail.con"}) {
    const auto chain = lists.domains().FindChain(domain);
    (void)chain.RegistrableDomain();
    (void)GuessDomain(chain, lists);
  }
  lists.domains().ForEach([&](std::string_view domain, uint16_t) {
    const auto chain = lists.domains().FindChain(domain);
    (void)GuessDomain(chain, lists);
  });
  (void)lists.MailboxOf("service-client");
  (void)quality::RepairAddress("jean@gmailcom", lists);
}

/// Opens a copy of its own length: memory checkers see every read behind the end.
void Open(std::string_view bytes) {
  const std::shared_ptr<char[]> copy(new char[bytes.size()]);
  if (!bytes.empty()) std::memcpy(copy.get(), bytes.data(), bytes.size());
  const absl::StatusOr<EmailLists> lists = EmailLists::Open(copy, {copy.get(), bytes.size()});
  if (lists.ok()) AskEverything(*lists);
}

/// The input as sections of a file whose checksum is right: each begins with its length in one byte, in steps
/// of a table's slot, the last takes the rest.
std::string WithRightChecksum(std::string_view input) {
  quality::ListImageWriter writer(1);
  for (std::size_t i = 0; i < quality::kListSections; ++i) {
    std::size_t size = input.size();
    if (i + 1 < quality::kListSections && !input.empty()) {
      size = static_cast<unsigned char>(input[0]) * std::size_t{4};
      input.remove_prefix(1);
    }
    const std::string_view section = input.substr(0, size);
    writer.Add(static_cast<quality::ListSection>(i), section);
    input.remove_prefix(section.size());
  }
  return writer.Finish();
}

}  // namespace
}  // namespace limpid::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  limpid::fuzz::Open(input);
  limpid::fuzz::Open(limpid::fuzz::WithRightChecksum(input));
  return 0;
}
