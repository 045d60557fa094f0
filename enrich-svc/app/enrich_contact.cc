#include "enrich-svc/app/enrich_contact.h"

#include <memory>
#include <utility>

#include "enrich-svc/app/ask_providers.h"
#include "enrich-svc/domain/fill_policy.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::enrich {
namespace {

// One enrichment from reading to writing. Each step starts the next from its callback and keeps it alive.
class Enrichment : public std::enable_shared_from_this<Enrichment> {
 public:
  Enrichment(const ProvidersInForce& providers, Contacts& contacts, const Call& call, ContactId id,
             Done<EnrichedContact> done)
      : providers_(providers), contacts_(contacts), call_(call), id_(std::move(id)), done_(std::move(done)) {}

  void Read() {
    contacts_.Get(call_, id_, [self = shared_from_this()](absl::StatusOr<StoredContact> contact) {
      if (!contact.ok()) return self->done_(contact.status());
      self->result_ = {.contact = *std::move(contact)};
      self->Ask();
    });
  }

 private:
  void Ask() {
    AskProviders(providers_.Get(), call_, result_.contact.profile,
                 [self = shared_from_this()](ProviderAnswers answers) {
                   self->result_.unreachable = std::move(answers.unreachable);
                   self->result_.filled = WorthStoring(self->result_.contact.profile, answers.completions);
                   self->Write();
                 });
  }

  void Write() {
    if (result_.filled.empty()) return done_(std::move(result_));
    contacts_.Fill(call_, result_.contact, result_.filled,
                   [self = shared_from_this()](absl::StatusOr<StoredContact> written) {
                     if (!written.ok()) return self->Refused(written.status());
                     self->result_.contact = *std::move(written);
                     self->done_(std::move(self->result_));
                   });
  }

  void Refused(const absl::Status& status) {
    if (ReasonOf(status) != reason::kEtagStale || read_again_) return done_(status);
    read_again_ = true;
    Read();
  }

  const ProvidersInForce& providers_;
  Contacts& contacts_;
  const Call call_;
  const ContactId id_;
  Done<EnrichedContact> done_;
  EnrichedContact result_;
  bool read_again_ = false;
};

}  // namespace

void EnrichContact::Run(const Call& call, const ContactId& id, Done<EnrichedContact> done) const {
  std::make_shared<Enrichment>(providers_, contacts_, call, id, std::move(done))->Read();
}

}  // namespace limpid::enrich
