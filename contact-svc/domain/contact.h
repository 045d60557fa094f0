#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

#include "libs/base/ids.h"

namespace limpid::contact {

/// What wrote a value.
enum class Origin { kApi, kCapture, kImport, kEnrichment };

/// Where and when a value came in.
struct Provenance {
  Origin origin = Origin::kApi;
  absl::Time time;
  std::string detail;  ///< Name of the provider or run, for an enrichment.
  friend bool operator==(const Provenance&, const Provenance&) = default;
};

/// What is known of a stored e-mail address or phone number, in the words of the verdicts.
struct Assessment {
  std::string status;
  std::string reason;
  int score = 0;     ///< E-mail only.
  std::string type;  ///< Phone only: kind of line.
  friend bool operator==(const Assessment&, const Assessment&) = default;
};

/// An e-mail address or a phone number.
struct ReachableValue {
  std::string value;       ///< As typed.
  std::string normalized;  ///< Normal form of an e-mail address, E.164 of a phone; empty when there is none.
  std::string match_key;   ///< Equal for all spellings of one mailbox or line; empty when there is none.
  bool primary = false;
  std::optional<Assessment> verdict;
  std::optional<absl::Time> verify_time;
  std::string source;
  Provenance provenance;
  double confidence = 0;
  friend bool operator==(const ReachableValue&, const ReachableValue&) = default;
};

struct PostalAddress {
  std::string region_code;
  std::string postal_code;
  std::string locality;
  std::vector<std::string> address_lines;
  std::string commune_code;
  std::string department_code;
  std::string department;
  std::string administrative_area_code;
  std::string administrative_area;
  friend bool operator==(const PostalAddress&, const PostalAddress&) = default;
};

struct StoredAddress {
  PostalAddress value;
  bool primary = false;
  std::string source;
  Provenance provenance;
  friend bool operator==(const StoredAddress&, const StoredAddress&) = default;
};

struct Company {
  std::string display_name;
  std::string domain;
  friend bool operator==(const Company&, const Company&) = default;
};

/// A name under which another system knows the contact; unique in the tenant.
struct ExternalId {
  std::string system;
  std::string id;
  friend bool operator==(const ExternalId&, const ExternalId&) = default;
};

/// Where a contact was met.
struct Source {
  std::string channel;
  std::string campaign;
  std::string form;
  std::string url;
  friend bool operator==(const Source&, const Source&) = default;
};

struct Consent {
  std::string purpose;
  std::string channel;
  std::string notice_version;
  std::string proof_type;
  std::string proof_reference;
  absl::Time time;
  friend bool operator==(const Consent&, const Consent&) = default;
};

/// A person (or a person at a company) whom the tenant knows.
struct Contact {
  ContactId id;
  int64_t version = 0;  ///< Counts the writes; with the time of the last it makes the etag.
  absl::Time create_time;
  absl::Time update_time;
  std::string given_name;
  std::string family_name;
  std::string honorific;
  std::string birth_date;  ///< ISO 8601, or empty.
  std::vector<ReachableValue> emails;
  std::vector<ReachableValue> phones;
  std::vector<StoredAddress> postal_addresses;
  Company company;
  std::string job_title;
  std::vector<ExternalId> external_ids;
  std::vector<std::string> tags;
  std::map<std::string, std::string> custom_fields;  ///< The value as JSON text, which nobody here reads.
  std::optional<Source> source;
  std::vector<Consent> consents;  ///< Newest first.
  friend bool operator==(const Contact&, const Contact&) = default;
};

/// Changes with every write, also when a contact was deleted and made anew under its id.
std::string EtagOf(const Contact& contact);

}  // namespace limpid::contact
