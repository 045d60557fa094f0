#include "enrich-svc/providers/commune_table.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/functional/function_ref.h"

#include "enrich-svc/providers/locality_key.h"
#include "enrich-svc/providers/table_file.h"
#include "libs/base/strings.h"

namespace limpid::enrich {
namespace {

using Fields = std::vector<std::string_view>;

// Strings that never move: they lie in blocks that are reserved once.
class Arena {
 public:
  explicit Arena(std::deque<std::string>& blocks) : blocks_(blocks) {}

  std::string_view Keep(std::string_view text) {
    constexpr size_t kBlock = 256 * 1024;
    if (current_ == nullptr || current_->capacity() - current_->size() < text.size()) {
      current_ = &blocks_.emplace_back();
      current_->reserve(std::max(kBlock, text.size()));
    }
    const size_t start = current_->size();
    current_->append(text);
    return std::string_view(*current_).substr(start);
  }

 private:
  std::deque<std::string>& blocks_;
  std::string* current_ = nullptr;
};

template <class Rows>
auto FindByCode(const Rows& rows, std::string_view code) {
  const auto found = std::ranges::lower_bound(rows, code, {}, [](const auto& row) { return row.code; });
  return found != rows.end() && found->code == code ? &*found : nullptr;
}

template <class Rows>
auto FindByKey(const Rows& rows, const std::vector<std::string_view>& keys, std::string_view name) {
  const std::string key = MakeLocalityKey(name).name;
  const auto found = std::ranges::find(keys, std::string_view(key));
  return found == keys.end() ? nullptr : &rows[static_cast<size_t>(found - keys.begin())];
}

}  // namespace

std::optional<uint32_t> ParsePostalCode(std::string_view text) {
  uint32_t code = 0;
  int digits = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    if (c < '0' || c > '9' || ++digits > 5) return std::nullopt;
    code = code * 10 + static_cast<uint32_t>(c - '0');
  }
  return digits == 5 ? std::optional(code) : std::nullopt;
}

std::string FormatPostalCode(uint32_t postal_code) {
  std::string text = std::to_string(postal_code);
  return text.insert(0, 5 - std::min<size_t>(text.size(), 5), '0');
}

// Fills a table file by file, in the order in which they refer to each other.
struct CommuneTable::Builder {
  explicit Builder(CommuneTable& made) : table(made), arena(made.texts_) {}

  absl::Status Read(const std::string& directory, std::string_view name, std::string_view header,
                    absl::FunctionRef<bool(const Fields&)> on_row) {
    absl::StatusOr<std::string> content = ReadFile(StrCat(directory, "/", name));
    if (!content.ok()) return content.status();
    return ReadTable(name, table.texts_.emplace_back(*std::move(content)), header, on_row);
  }

  bool AddRegion(const Fields& fields) {
    if (!Follows(table.regions_, fields[0])) return false;
    table.regions_.push_back({.code = fields[0], .name = fields[1]});
    table.region_keys_.push_back(KeyOf(fields[1]));
    return true;
  }

  bool AddDepartment(const Fields& fields) {
    const Region* region = table.FindRegion(fields[2]);
    if (region == nullptr || !Follows(table.departments_, fields[0])) return false;
    table.departments_.push_back({.code = fields[0],
                                  .name = fields[1],
                                  .territory = fields[3],
                                  .region = static_cast<uint16_t>(region - table.regions_.data())});
    table.department_keys_.push_back(KeyOf(fields[1]));
    return true;
  }

  bool AddCommune(const Fields& fields) {
    const Department* department = table.FindDepartment(fields[2]);
    if (department == nullptr || !Follows(table.communes_, fields[0])) return false;
    const auto index = static_cast<Index>(table.communes_.size());
    Commune& commune = table.communes_.emplace_back();
    commune.code = fields[0];
    commune.locality = fields[1];
    commune.department = static_cast<uint16_t>(department - table.departments_.data());
    if (fields[3].empty()) {
      commune.key = KeyOf(commune.locality);
      table.by_name_.push_back(index);
    } else {
      const int number = MakeLocalityKey(commune.locality).arrondissement;
      if (number == 0) return false;
      commune.arrondissement = static_cast<uint8_t>(number);
      table.arrondissements_.push_back(index);
      cities.push_back(fields[3]);
    }
    return AddPostalCodes(fields[4], index);
  }

  bool AddPostalCodes(std::string_view joined, Index commune) {
    while (!joined.empty()) {
      const size_t bar = std::min(joined.find('|'), joined.size());
      const std::optional<uint32_t> code = ParsePostalCode(joined.substr(0, bar));
      if (!code) return false;
      table.by_postal_code_.push_back({.postal_code = *code, .commune = commune});
      joined.remove_prefix(std::min(bar + 1, joined.size()));
    }
    return true;
  }

  bool AddLabel(const Fields& fields) {
    const std::optional<uint32_t> code = ParsePostalCode(fields[0]);
    const std::optional<Index> commune = table.FindCommune(fields[1]);
    if (!code || !commune) return false;
    table.by_postal_code_.push_back(
        {.postal_code = *code, .commune = *commune, .label_key = KeyOf(fields[2])});
    return true;
  }

  // An arrondissement goes by the name of its city, whose row may come after it.
  absl::Status NameArrondissements() {
    for (size_t i = 0; i < cities.size(); ++i) {
      const std::optional<Index> city = table.FindCommune(cities[i]);
      if (!city) return absl::InvalidArgumentError(StrCat("communes.csv: no city ", cities[i]));
      Commune& arrondissement = table.communes_[table.arrondissements_[i]];
      arrondissement.locality = table.communes_[*city].locality;
      arrondissement.key = table.communes_[*city].key;
    }
    return absl::OkStatus();
  }

  void Sort() {
    std::ranges::sort(table.by_name_, {}, [this](Index index) { return table.communes_[index].key; });
    table.by_commune_ = table.by_postal_code_;
    std::ranges::sort(table.by_commune_, {},
                      [](const PostalLink& link) { return std::pair(link.commune, link.postal_code); });
    std::ranges::sort(table.by_postal_code_, {},
                      [](const PostalLink& link) { return std::pair(link.postal_code, link.commune); });
  }

  // The files are sorted by code, so that they can be searched as they stand.
  template <class Rows>
  static bool Follows(const Rows& rows, std::string_view code) {
    return rows.empty() || rows.back().code < code;
  }
  std::string_view KeyOf(std::string_view name) { return arena.Keep(MakeLocalityKey(name).name); }

  CommuneTable& table;
  Arena arena;
  std::vector<std::string_view> cities;  ///< Of the arrondissements, in their order.
};

absl::StatusOr<std::unique_ptr<const CommuneTable>> CommuneTable::Load(const std::string& directory) {
  std::unique_ptr<CommuneTable> table(new CommuneTable);
  Builder builder(*table);
  // Room for what France has, so that the large arrays are not copied while they grow.
  table->communes_.reserve(36'000);
  table->by_name_.reserve(36'000);
  table->by_postal_code_.reserve(40'000);
  absl::Status status = builder.Read(directory, "regions.csv", "code,name",
                                     [&](const Fields& fields) { return builder.AddRegion(fields); });
  if (status.ok()) {
    status = builder.Read(directory, "departments.csv", "code,name,region,territory",
                          [&](const Fields& fields) { return builder.AddDepartment(fields); });
  }
  if (status.ok()) {
    status = builder.Read(directory, "communes.csv", "code,name,department,city,postal_codes",
                          [&](const Fields& fields) { return builder.AddCommune(fields); });
  }
  if (status.ok()) {
    status = builder.Read(directory, "postal_labels.csv", "postal_code,commune,label",
                          [&](const Fields& fields) { return builder.AddLabel(fields); });
  }
  if (status.ok()) status = builder.NameArrondissements();
  if (!status.ok()) return status;
  builder.Sort();
  return table;
}

std::optional<CommuneTable::Index> CommuneTable::FindCommune(std::string_view code) const {
  const Commune* commune = FindByCode(communes_, code);
  if (commune == nullptr) return std::nullopt;
  return static_cast<Index>(commune - communes_.data());
}

std::optional<CommuneTable::Index> CommuneTable::FindArrondissement(std::string_view city_key,
                                                                    int number) const {
  const auto found = std::ranges::find_if(arrondissements_, [&](Index index) {
    return communes_[index].arrondissement == number && communes_[index].key == city_key;
  });
  if (found == arrondissements_.end()) return std::nullopt;
  return *found;
}

const CommuneTable::Department* CommuneTable::FindDepartment(std::string_view code) const {
  return FindByCode(departments_, code);
}

const CommuneTable::Department* CommuneTable::FindDepartmentByName(std::string_view name) const {
  return FindByKey(departments_, department_keys_, name);
}

const CommuneTable::Region* CommuneTable::FindRegion(std::string_view code) const {
  return FindByCode(regions_, code);
}

const CommuneTable::Region* CommuneTable::FindRegionByName(std::string_view name) const {
  return FindByKey(regions_, region_keys_, name);
}

bool CommuneTable::IsTerritory(std::string_view region_code) const {
  return std::ranges::find(departments_, region_code, &Department::territory) != departments_.end();
}

const CommuneTable::Department* CommuneTable::DepartmentOfPostalCode(uint32_t postal_code) const {
  const uint32_t prefix = postal_code / 100;
  // Corsica keeps the number that its two departments had together: 200 and 201 lie in the south, 202 and 206
  // in the north.
  if (prefix / 10 == 20) return FindDepartment(prefix < 202 ? "2A" : "2B");
  const std::string text = FormatPostalCode(postal_code);
  const size_t digits = text.starts_with("97") || text.starts_with("98") ? 3 : 2;
  return FindDepartment(std::string_view(text).substr(0, digits));
}

std::span<const CommuneTable::Index> CommuneTable::ByName(std::string_view key) const {
  return std::span(
      std::ranges::equal_range(by_name_, key, {}, [this](Index index) { return communes_[index].key; }));
}

std::span<const CommuneTable::PostalLink> CommuneTable::ByPostalCode(uint32_t postal_code) const {
  return std::span(std::ranges::equal_range(by_postal_code_, postal_code, {}, &PostalLink::postal_code));
}

std::span<const CommuneTable::PostalLink> CommuneTable::ByCommune(Index commune) const {
  return std::span(std::ranges::equal_range(by_commune_, commune, {}, &PostalLink::commune));
}

}  // namespace limpid::enrich
