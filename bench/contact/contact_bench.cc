// What a capture asks of contact-svc, on SQLite with 20,000 contacts, beside the bare prepared look-up that
// bounds it.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include "contact-svc/app/contact_cases.h"
#include "contact-svc/storage/sql_contact_store.h"
#include "libs/base/strings.h"
#include "libs/quality/quality_data.h"
#include "libs/testing/temp_dir.h"

namespace limpid::contact {
namespace {

constexpr int kContacts = 20'000;

template <class T>
T OrDie(absl::StatusOr<T> value) {
  if (!value.ok()) {
    std::fprintf(stderr, "%s\n", value.status().ToString().c_str());
    std::abort();
  }
  return *std::move(value);
}

std::string Email(int i) { return StrCat("person.", i, "@example.org"); }
std::string Phone(int i) { return StrCat("+336", 12'000'000 + i); }

Call CallOfTenant() {
  Call call;
  call.tenant = TenantId("bench");
  return call;
}

// A store with all contacts in it, made once.
struct Stocked {
  Stocked() {
    const absl::Time now = Now(SystemClock());
    constexpr int kAtOnce = 1000;
    for (int first = 0; first < kContacts; first += kAtOnce) {
      const absl::Status status = store->Write(call, [&](ContactWriter& writer) {
        for (int i = first; i < first + kAtOnce; ++i) {
          Contact contact;
          contact.id = ContactId(StrCat("c", i));
          contact.given_name = "Jean";
          contact.family_name = StrCat("Dupont", i);
          contact.emails = {{.value = Email(i)}};
          contact.phones = {{.value = Phone(i)}};
          forms.Complete(contact, {}, now);
          if (absl::Status added = writer.Insert(contact); !added.ok()) return added;
        }
        return absl::OkStatus();
      });
      if (!status.ok()) std::abort();
    }
  }

  const limpid::testing::TempDir folder;
  const std::string path = folder.File("contacts.db");
  const Call call = CallOfTenant();
  NormalForms forms{OrDie(quality::QualityData::Load(LIMPID_SOURCE_DIR "/data"))};
  const std::unique_ptr<SqlContactStore> store = OrDie(SqlContactStore::Open(StrCat("sqlite:", path), {}));
  ContactCases cases{Parts{*store, forms, SystemClock(), SecureRandom()}};
};

Stocked& Stock() {
  static Stocked stocked;
  return stocked;
}

int Spread(int64_t iteration) { return static_cast<int>(iteration * 7919 % kContacts); }

// The limit: two look-ups by a prepared statement, nothing decoded.
void BareLookUps(benchmark::State& state) {
  const Stocked& stock = Stock();
  sqlite3* connection = nullptr;
  sqlite3_stmt* statement = nullptr;
  sqlite3_open_v2(stock.path.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  sqlite3_prepare_v2(connection,
                     "SELECT c.record FROM contact_keys k JOIN contacts c ON c.row_id = k.row_id "
                     "WHERE k.tenant = 'bench' AND k.kind = ? AND k.match_key = ?",
                     -1, &statement, nullptr);
  int64_t iteration = 0;
  for (auto _ : state) {
    const int i = Spread(++iteration);
    for (const auto& [kind, key] : {std::pair(1, Email(i)), std::pair(2, Phone(i))}) {
      sqlite3_bind_int(statement, 1, kind);
      sqlite3_bind_text(statement, 2, key.data(), static_cast<int>(key.size()), SQLITE_STATIC);
      if (sqlite3_step(statement) != SQLITE_ROW) std::abort();
      benchmark::DoNotOptimize(sqlite3_column_blob(statement, 0));
      sqlite3_reset(statement);
    }
  }
  sqlite3_finalize(statement);
  sqlite3_close(connection);
}
BENCHMARK(BareLookUps)->ThreadRange(1, 2)->UseRealTime();

void FindByKeys(benchmark::State& state) {
  Stocked& stock = Stock();
  int64_t iteration = 0;
  for (auto _ : state) {
    const int i = Spread(++iteration);
    const MatchKey keys[] = {{KeyKind::kEmail, Email(i)}, {KeyKind::kPhone, Phone(i)}};
    const absl::Status status = stock.store->Read(stock.call, [&](ContactReader& reader) {
      const auto found = reader.FindByKeys(keys, 50);
      if (found->size() != 1) std::abort();
      return found.status();
    });
    if (!status.ok()) std::abort();
  }
}
BENCHMARK(FindByKeys)->ThreadRange(1, 2)->UseRealTime();

void NormalFormsOfAPerson(benchmark::State& state) {
  const Stocked& stock = Stock();
  int64_t iteration = 0;
  for (auto _ : state) {
    const int i = Spread(++iteration);
    benchmark::DoNotOptimize(stock.forms.EmailKey(Email(i)));
    benchmark::DoNotOptimize(stock.forms.PhoneKey(Phone(i), "FR"));
  }
}
BENCHMARK(NormalFormsOfAPerson);

void FindMatchesOfAPerson(benchmark::State& state) {
  Stocked& stock = Stock();
  int64_t iteration = 0;
  for (auto _ : state) {
    const int i = Spread(++iteration);
    const auto matches = stock.cases.find_matches.Run(
        stock.call,
        {.person = {.email = Email(i), .phone = Phone(i), .given_name = "Jean", .family_name = "D"}});
    if (!matches.ok() || matches->size() != 1) std::abort();
  }
}
BENCHMARK(FindMatchesOfAPerson)->ThreadRange(1, 2)->UseRealTime();

// Writers at once share syncs of the disk.
void RecordCaptures(benchmark::State& state) {
  Stocked& stock = Stock();
  int64_t iteration = 0;
  for (auto _ : state) {
    Contact contact;
    contact.given_name = "Anne";
    contact.emails = {{.value = StrCat("new.", state.thread_index(), ".", ++iteration, ".",
                                       SecureRandom().Next(), "@example.org")}};
    const auto recorded = stock.cases.record_capture.Run(stock.call, {.contact = std::move(contact)});
    if (!recorded.ok()) std::abort();
  }
}
BENCHMARK(RecordCaptures)->Threads(1)->Threads(8)->UseRealTime();

}  // namespace
}  // namespace limpid::contact

BENCHMARK_MAIN();
