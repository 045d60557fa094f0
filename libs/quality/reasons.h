#pragma once

#include <array>
#include <string_view>

/// The words that stand in a verdict's `reason`, `reasons` and `flags`, with their meaning: the docs' lists
/// are made from this file. The reasons of errors are another list (libs/base/reasons.h). Words are public:
/// never change one, only add. Callers keep a word that they do not know.
namespace limpid::quality {

/// Whether a message to an address will arrive, as far as is known. UNDELIVERABLE needs positive evidence
/// about the address; whatever speaks of us or of the moment is UNKNOWN.
enum class EmailStatus { kDeliverable, kRisky, kUndeliverable, kUnknown };

/// Whether a number can be called. INVALID is positive evidence, never a provider's failure.
enum class PhoneStatus { kValid, kRisky, kInvalid, kUnknown };

namespace email_reason {

inline constexpr std::string_view kSyntax = "SYNTAX";
inline constexpr std::string_view kReservedDomain = "RESERVED_DOMAIN";
inline constexpr std::string_view kDomainNotFound = "DOMAIN_NOT_FOUND";
inline constexpr std::string_view kNoMailHost = "NO_MAIL_HOST";
inline constexpr std::string_view kNullMx = "NULL_MX";
inline constexpr std::string_view kUnroutableMx = "UNROUTABLE_MX";
inline constexpr std::string_view kMailboxNotFound = "MAILBOX_NOT_FOUND";
inline constexpr std::string_view kMailboxDisabled = "MAILBOX_DISABLED";
inline constexpr std::string_view kSmtputf8Unsupported = "SMTPUTF8_UNSUPPORTED";
inline constexpr std::string_view kDomainTypo = "DOMAIN_TYPO";
inline constexpr std::string_view kDisposable = "DISPOSABLE";
inline constexpr std::string_view kMailboxFull = "MAILBOX_FULL";
inline constexpr std::string_view kCatchAll = "CATCH_ALL";
inline constexpr std::string_view kAliasRelay = "ALIAS_RELAY";
inline constexpr std::string_view kRole = "ROLE";
inline constexpr std::string_view kMailboxExists = "MAILBOX_EXISTS";
inline constexpr std::string_view kDnsTimeout = "DNS_TIMEOUT";
inline constexpr std::string_view kDnsError = "DNS_ERROR";
inline constexpr std::string_view kNoConnect = "NO_CONNECT";
inline constexpr std::string_view kTimeout = "TIMEOUT";
inline constexpr std::string_view kConnectionLost = "CONNECTION_LOST";
inline constexpr std::string_view kProtocolError = "PROTOCOL_ERROR";
inline constexpr std::string_view kGreylisted = "GREYLISTED";
inline constexpr std::string_view kTemporaryFailure = "TEMPORARY_FAILURE";
inline constexpr std::string_view kBlocked = "BLOCKED";
inline constexpr std::string_view kPolicy = "POLICY";
inline constexpr std::string_view kRelayDenied = "RELAY_DENIED";
inline constexpr std::string_view kRateLimited = "RATE_LIMITED";
inline constexpr std::string_view kSmtpUnavailable = "SMTP_UNAVAILABLE";
inline constexpr std::string_view kProviderNotVerifiable = "PROVIDER_NOT_VERIFIABLE";
inline constexpr std::string_view kBudgetSpent = "BUDGET_SPENT";
inline constexpr std::string_view kMailboxNotChecked = "MAILBOX_NOT_CHECKED";

}  // namespace email_reason

struct EmailReason {
  std::string_view word;
  EmailStatus status;
  std::string_view meaning;
};

/// Every reason of an e-mail verdict with the status that it leads to. The order is the order of weight: of
/// several reasons that hold the one listed first becomes the verdict's `reason`.
inline constexpr std::array kEmailReasons = {
    EmailReason{email_reason::kSyntax, EmailStatus::kUndeliverable,
                "Not an address for internet mail; `reasons` also names the rule that is broken."},
    EmailReason{email_reason::kReservedDomain, EmailStatus::kUndeliverable,
                "The domain is reserved and never delegated (RFC 2606, 6761, 6762, 7686, 9476)."},
    EmailReason{email_reason::kDomainNotFound, EmailStatus::kUndeliverable,
                "DNS says with authority that the domain does not exist."},
    EmailReason{email_reason::kNoMailHost, EmailStatus::kUndeliverable,
                "The domain has neither MX nor address records."},
    EmailReason{email_reason::kNullMx, EmailStatus::kUndeliverable,
                "The domain declares that it takes no mail (RFC 7505)."},
    EmailReason{email_reason::kUnroutableMx, EmailStatus::kUndeliverable,
                "Every mail host lies at an address that the internet does not route."},
    EmailReason{email_reason::kMailboxNotFound, EmailStatus::kUndeliverable,
                "The mail host says that there is no such mailbox."},
    EmailReason{email_reason::kMailboxDisabled, EmailStatus::kUndeliverable,
                "The mail host says that the mailbox is disabled."},
    EmailReason{email_reason::kSmtputf8Unsupported, EmailStatus::kUndeliverable,
                "The local part needs SMTPUTF8 (RFC 6531) and the mail host does not offer it."},
    EmailReason{email_reason::kDomainTypo, EmailStatus::kRisky,
                "The domain looks like a slip of the keyboard; see `didYouMean`."},
    EmailReason{email_reason::kDisposable, EmailStatus::kRisky, "The domain hands out throw-away mailboxes."},
    EmailReason{email_reason::kMailboxFull, EmailStatus::kRisky, "The mailbox exists and is full."},
    EmailReason{email_reason::kCatchAll, EmailStatus::kRisky,
                "The domain takes mail for any local part, so that the mailbox cannot be told."},
    EmailReason{email_reason::kAliasRelay, EmailStatus::kRisky,
                "A relay address that its owner can switch off; mail does reach a person."},
    EmailReason{email_reason::kRole, EmailStatus::kRisky,
                "The mailbox belongs to a function, not to a person."},
    EmailReason{email_reason::kDnsTimeout, EmailStatus::kUnknown, "DNS did not answer in time."},
    EmailReason{email_reason::kDnsError, EmailStatus::kUnknown, "DNS answered with a failure of its own."},
    EmailReason{email_reason::kNoConnect, EmailStatus::kUnknown, "No mail host could be reached."},
    EmailReason{email_reason::kTimeout, EmailStatus::kUnknown, "The mail host did not answer in time."},
    EmailReason{email_reason::kConnectionLost, EmailStatus::kUnknown, "The mail host closed the connection."},
    EmailReason{email_reason::kProtocolError, EmailStatus::kUnknown,
                "The mail host does not speak SMTP as it should."},
    EmailReason{email_reason::kGreylisted, EmailStatus::kUnknown,
                "The mail host asks unknown senders to come again; see `retryTime`."},
    EmailReason{email_reason::kTemporaryFailure, EmailStatus::kUnknown, "The mail host has a passing fault."},
    EmailReason{email_reason::kBlocked, EmailStatus::kUnknown, "The mail host refuses us, not the address."},
    EmailReason{email_reason::kPolicy, EmailStatus::kUnknown,
                "The mail host refuses for reasons of policy that say nothing of the mailbox."},
    EmailReason{email_reason::kRelayDenied, EmailStatus::kUnknown,
                "The mail host does not serve this domain."},
    EmailReason{email_reason::kRateLimited, EmailStatus::kUnknown,
                "Our own limit for this mail provider is reached; see `retryTime`."},
    EmailReason{email_reason::kSmtpUnavailable, EmailStatus::kUnknown, "SMTP cannot leave this network."},
    EmailReason{email_reason::kProviderNotVerifiable, EmailStatus::kUnknown,
                "This mail provider answers alike for every mailbox."},
    EmailReason{email_reason::kBudgetSpent, EmailStatus::kUnknown,
                "The time given was over before the answer."},
    EmailReason{email_reason::kMailboxNotChecked, EmailStatus::kUnknown,
                "No fault was found; the mailbox itself was not asked for."},
    EmailReason{email_reason::kMailboxExists, EmailStatus::kDeliverable,
                "The mail host accepts the mailbox."},
};

/// The rules of an address's syntax. They stand in `reasons` beside SYNTAX; the evidence gives the byte.
namespace email_syntax {

inline constexpr std::string_view kEmpty = "EMPTY";
inline constexpr std::string_view kInvalidUtf8 = "INVALID_UTF8";
inline constexpr std::string_view kAddressTooLong = "ADDRESS_TOO_LONG";
inline constexpr std::string_view kAtMissing = "AT_MISSING";
inline constexpr std::string_view kAtRepeated = "AT_REPEATED";
inline constexpr std::string_view kWhitespace = "WHITESPACE";
inline constexpr std::string_view kControlCharacter = "CONTROL_CHARACTER";
inline constexpr std::string_view kComment = "COMMENT";
inline constexpr std::string_view kDisplayName = "DISPLAY_NAME";
inline constexpr std::string_view kLocalPartMissing = "LOCAL_PART_MISSING";
inline constexpr std::string_view kLocalPartTooLong = "LOCAL_PART_TOO_LONG";
inline constexpr std::string_view kLocalPartCharacter = "LOCAL_PART_CHARACTER";
inline constexpr std::string_view kLocalPartDotAtStart = "LOCAL_PART_DOT_AT_START";
inline constexpr std::string_view kLocalPartDotAtEnd = "LOCAL_PART_DOT_AT_END";
inline constexpr std::string_view kLocalPartDotRepeated = "LOCAL_PART_DOT_REPEATED";
inline constexpr std::string_view kLocalPartQuoted = "LOCAL_PART_QUOTED";
inline constexpr std::string_view kQuoteUnclosed = "QUOTE_UNCLOSED";
inline constexpr std::string_view kQuoteCharacter = "QUOTE_CHARACTER";
inline constexpr std::string_view kQuoteMisplaced = "QUOTE_MISPLACED";
inline constexpr std::string_view kDomainMissing = "DOMAIN_MISSING";
inline constexpr std::string_view kDomainTooLong = "DOMAIN_TOO_LONG";
inline constexpr std::string_view kDomainCharacter = "DOMAIN_CHARACTER";
inline constexpr std::string_view kDomainDotAtStart = "DOMAIN_DOT_AT_START";
inline constexpr std::string_view kDomainDotAtEnd = "DOMAIN_DOT_AT_END";
inline constexpr std::string_view kDomainDotRepeated = "DOMAIN_DOT_REPEATED";
inline constexpr std::string_view kDomainWithoutDot = "DOMAIN_WITHOUT_DOT";
inline constexpr std::string_view kDomainNumeric = "DOMAIN_NUMERIC";
inline constexpr std::string_view kDomainNotIdna = "DOMAIN_NOT_IDNA";
inline constexpr std::string_view kDomainLiteral = "DOMAIN_LITERAL";
inline constexpr std::string_view kDomainLiteralInvalid = "DOMAIN_LITERAL_INVALID";
inline constexpr std::string_view kLabelTooLong = "LABEL_TOO_LONG";
inline constexpr std::string_view kLabelHyphenAtStart = "LABEL_HYPHEN_AT_START";
inline constexpr std::string_view kLabelHyphenAtEnd = "LABEL_HYPHEN_AT_END";
inline constexpr std::string_view kLabelHyphens = "LABEL_HYPHENS_3_AND_4";

}  // namespace email_syntax

struct Meaning {
  std::string_view word;
  std::string_view meaning;
};

inline constexpr std::array kEmailSyntaxRules = {
    Meaning{email_syntax::kEmpty, "There is no address."},
    Meaning{email_syntax::kInvalidUtf8, "The text is not valid UTF-8."},
    Meaning{email_syntax::kAddressTooLong, "More than 254 octets (RFC 5321 §4.5.3.1.3)."},
    Meaning{email_syntax::kAtMissing, "There is no @."},
    Meaning{email_syntax::kAtRepeated, "There is more than one @."},
    Meaning{email_syntax::kWhitespace, "A space, tab or line break."},
    Meaning{email_syntax::kControlCharacter, "A control or formatting character, often invisible."},
    Meaning{email_syntax::kComment, "A comment in parentheses, which no envelope carries."},
    Meaning{email_syntax::kDisplayName, "A name or angle brackets around the address."},
    Meaning{email_syntax::kLocalPartMissing, "Nothing stands before the @."},
    Meaning{email_syntax::kLocalPartTooLong, "More than 64 octets before the @ (RFC 5321 §4.5.3.1.1)."},
    Meaning{email_syntax::kLocalPartCharacter, "A character that may not stand before the @."},
    Meaning{email_syntax::kLocalPartDotAtStart, "A dot begins the address."},
    Meaning{email_syntax::kLocalPartDotAtEnd, "A dot stands just before the @."},
    Meaning{email_syntax::kLocalPartDotRepeated, "Two dots follow each other before the @."},
    Meaning{email_syntax::kLocalPartQuoted, "A quoted local part: legal in SMTP, not given to people."},
    Meaning{email_syntax::kQuoteUnclosed, "A quotation mark is not closed."},
    Meaning{email_syntax::kQuoteCharacter, "A character that may not stand between quotation marks."},
    Meaning{email_syntax::kQuoteMisplaced, "Text stands beside a quoted local part."},
    Meaning{email_syntax::kDomainMissing, "Nothing stands after the @."},
    Meaning{email_syntax::kDomainTooLong, "More than 253 octets after the @."},
    Meaning{email_syntax::kDomainCharacter, "A character that may not stand in a domain."},
    Meaning{email_syntax::kDomainDotAtStart, "A dot stands just after the @."},
    Meaning{email_syntax::kDomainDotAtEnd, "A dot ends the domain."},
    Meaning{email_syntax::kDomainDotRepeated, "Two dots follow each other in the domain."},
    Meaning{email_syntax::kDomainWithoutDot, "The domain has no top-level domain."},
    Meaning{email_syntax::kDomainNumeric, "The top-level domain consists of digits."},
    Meaning{email_syntax::kDomainNotIdna, "The domain is not a valid international name (IDNA 2008)."},
    Meaning{email_syntax::kDomainLiteral, "An IP address in brackets: legal in SMTP, not given to people."},
    Meaning{email_syntax::kDomainLiteralInvalid, "What stands in the brackets is no IP address."},
    Meaning{email_syntax::kLabelTooLong, "A part of the domain has more than 63 octets."},
    Meaning{email_syntax::kLabelHyphenAtStart, "A part of the domain begins with a hyphen."},
    Meaning{email_syntax::kLabelHyphenAtEnd, "A part of the domain ends with a hyphen."},
    Meaning{email_syntax::kLabelHyphens, "Hyphens in third and fourth place without being an A-label."},
};

namespace phone_reason {

inline constexpr std::string_view kEmpty = "EMPTY";
inline constexpr std::string_view kNotANumber = "NOT_A_NUMBER";
inline constexpr std::string_view kTooShort = "TOO_SHORT";
inline constexpr std::string_view kTooLong = "TOO_LONG";
inline constexpr std::string_view kInvalidLength = "INVALID_LENGTH";
inline constexpr std::string_view kInvalidCountryCode = "INVALID_COUNTRY_CODE";
inline constexpr std::string_view kInvalidButPossible = "INVALID_BUT_POSSIBLE";
inline constexpr std::string_view kWrongDefaultRegion = "WRONG_DEFAULT_REGION";
inline constexpr std::string_view kMultipleNumbers = "MULTIPLE_NUMBERS";
inline constexpr std::string_view kHasExtension = "HAS_EXTENSION";
inline constexpr std::string_view kConfusable = "CONFUSABLE";
inline constexpr std::string_view kExcelDamage = "EXCEL_DAMAGE";
inline constexpr std::string_view kRenumbered = "RENUMBERED";
inline constexpr std::string_view kPlaceholder = "PLACEHOLDER";
inline constexpr std::string_view kFictional = "FICTIONAL";
inline constexpr std::string_view kUnassigned = "UNASSIGNED";
inline constexpr std::string_view kCountryNotAllowed = "COUNTRY_NOT_ALLOWED";
inline constexpr std::string_view kProviderTimeout = "PROVIDER_TIMEOUT";
inline constexpr std::string_view kProviderBusy = "PROVIDER_BUSY";
inline constexpr std::string_view kProviderRefused = "PROVIDER_REFUSED";
inline constexpr std::string_view kNoCoverage = "NO_COVERAGE";
inline constexpr std::string_view kBudgetSpent = "BUDGET_SPENT";

}  // namespace phone_reason

inline constexpr std::array kPhoneReasons = {
    Meaning{phone_reason::kEmpty, "There is no number."},
    Meaning{phone_reason::kNotANumber, "What was typed is not a phone number."},
    Meaning{phone_reason::kTooShort, "Too few digits for the country's plan."},
    Meaning{phone_reason::kTooLong, "Too many digits for the country's plan."},
    Meaning{phone_reason::kInvalidLength, "A number of digits that the country's plan does not know."},
    Meaning{phone_reason::kInvalidCountryCode, "No country has this calling code, or none is given."},
    Meaning{phone_reason::kInvalidButPossible,
            "The length is right, the range is not in the country's plan."},
    Meaning{phone_reason::kWrongDefaultRegion, "Valid in another region than the one assumed."},
    Meaning{phone_reason::kMultipleNumbers, "More than one number was typed."},
    Meaning{phone_reason::kHasExtension, "The number carries an extension, given apart."},
    Meaning{phone_reason::kConfusable, "Letters or signs stand where digits are meant (O for 0, l for 1)."},
    Meaning{phone_reason::kExcelDamage, "A spreadsheet has changed the number (exponent, decimals)."},
    Meaning{phone_reason::kRenumbered, "A number of a plan that has since been changed."},
    Meaning{phone_reason::kPlaceholder, "A number that people type to pass a form."},
    Meaning{phone_reason::kFictional, "A number kept for films and books."},
    Meaning{phone_reason::kUnassigned, "The operator says that nobody has this number."},
    Meaning{phone_reason::kCountryNotAllowed, "The tenant does not admit numbers of this country."},
    Meaning{phone_reason::kProviderTimeout, "The provider did not answer in time."},
    Meaning{phone_reason::kProviderBusy, "The provider asks to come again later."},
    Meaning{phone_reason::kProviderRefused, "The provider refused the request."},
    Meaning{phone_reason::kNoCoverage, "The provider does not know this network."},
    Meaning{phone_reason::kBudgetSpent, "The time or money given was over before the answer."},
};

namespace phone_flag {

inline constexpr std::string_view kVoip = "VOIP";
inline constexpr std::string_view kPremium = "PREMIUM";
inline constexpr std::string_view kSharedCost = "SHARED_COST";
inline constexpr std::string_view kTollFree = "TOLL_FREE";
inline constexpr std::string_view kShortCode = "SHORT_CODE";
inline constexpr std::string_view kEmergency = "EMERGENCY";
inline constexpr std::string_view kPager = "PAGER";
inline constexpr std::string_view kVoicemail = "VOICEMAIL";
inline constexpr std::string_view kUan = "UAN";
inline constexpr std::string_view kM2m = "M2M";
inline constexpr std::string_view kTemporary = "TEMPORARY";
inline constexpr std::string_view kCanvassing = "CANVASSING";
inline constexpr std::string_view kPlaceholder = "PLACEHOLDER";
inline constexpr std::string_view kFictional = "FICTIONAL";
inline constexpr std::string_view kSimSwapped = "SIM_SWAPPED";
inline constexpr std::string_view kPumpingRisk = "PUMPING_RISK";

}  // namespace phone_flag

inline constexpr std::array kPhoneFlags = {
    Meaning{phone_flag::kVoip, "Served over the internet, bound to no place."},
    Meaning{phone_flag::kPremium, "The caller pays a surcharge."},
    Meaning{phone_flag::kSharedCost, "Caller and owner share the cost."},
    Meaning{phone_flag::kTollFree, "The owner pays for the call."},
    Meaning{phone_flag::kShortCode, "A short number that works inside one country only."},
    Meaning{phone_flag::kEmergency, "An emergency number."},
    Meaning{phone_flag::kPager, "A pager."},
    Meaning{phone_flag::kVoicemail, "Access to a voice mailbox."},
    Meaning{phone_flag::kUan, "A company-wide number (universal access number)."},
    Meaning{phone_flag::kM2m, "A machine, not a person."},
    Meaning{phone_flag::kTemporary, "Lent for a short time by a platform (parcels, rides, appointments)."},
    Meaning{phone_flag::kCanvassing, "From a range kept for commercial canvassing."},
    Meaning{phone_flag::kPlaceholder, "A number that people type to pass a form."},
    Meaning{phone_flag::kFictional, "From a range kept for films and books."},
    Meaning{phone_flag::kSimSwapped, "The SIM was changed lately."},
    Meaning{phone_flag::kPumpingRisk, "A destination known for SMS pumping."},
};

}  // namespace limpid::quality
