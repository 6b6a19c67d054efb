#pragma once
// clang-format off
/// @file The layout of packs and bundles: written by compiler/pack.cpp, read in place by bundle.cpp and message.cpp.
///
/// A file is a header and sections. Integers are little-endian and unaligned. A text is UTF-8 followed by NUL. Lists of names
/// out of the vocabulary are bit masks, one bit a name, in the order of the vocabulary. Whatever does not fit its size is
/// refused by the compiler.
///
///     header   "CNDR", u8 format, u8 sections, u16 0, u32 length of the file, u32 CRC-32 (ISO 3309) of all that follows
///     section  u8 tag, 3 bytes 0, u32 length, bytes
///
/// Section R, the rulebook: RulebookHeader, the texts of every `Strings` list, list by list; then for each
///
///     place   PlaceRecord
///     alias   u16 place that it stands for
///     fact    FactRecord, its presumptions, each: a condition and a PresumptionRecord
///     topic   u32 statements that the opening covers (mask), u32 slots (mask) for each channel type
///     verbatim text   u16 id, u16 language, u16 text (indices of strings)
///     rule    RuleRecord, its EntryRecords, its condition, u16 for each rule that it modifies, its duties
///     duty    DutyRecord, a condition, then `rows` ConsentRows or ChannelForms
///
/// A condition is a node: u8 op, for `all` and `any` u8 count and nodes, for the others u8 fact, u32 mask or number. The
/// high bit of the op negates the node. What always holds is an `all` of nothing.
///
/// Section L, a language: LocaleHeader, texts: tag, gap between sentences, ten digits, group separator, list patterns (two,
/// start, middle, end: before, between, after), between before the sound of i, date pattern, twelve months, aliases; u16
/// messages, each: u16 length, bytecode (compiler/locale.h), NUL.
///
/// Section S, sources: u16 count, each six texts: id, law, article, url, checked, confidence.
/// Section D, a deployment: lines (line.h), LF after each.
// clang-format on
#include <cstdint>

namespace candor::runtime {

inline constexpr std::uint8_t pack_format = 1;
inline constexpr std::uint32_t pack_magic = 'C' | 'N' << 8 | 'D' << 16 | 'R' << 24;
inline constexpr std::uint32_t header_size = 16;
inline constexpr std::uint32_t section_header_size = 8;

/// Limits of one call, in bytes, the same on every platform.
inline constexpr std::uint32_t request_limit = 64 * 1024;
inline constexpr std::uint32_t bundle_limit = 256 * 1024;
inline constexpr std::uint32_t answer_limit = 256 * 1024;

enum class SectionTag : std::uint8_t { rules = 'R', locale = 'L', sources = 'S', deployment = 'D' };

/// The lists of strings of a rulebook, in the order in which they stand there.
enum class Strings : std::uint8_t {
  places,
  place_aliases,
  place_refused,
  place_fixes,
  facts,
  values,
  channel_types,
  purpose_kinds,
  timings,
  prominences,
  repeats,
  slots,
  statements,
  offers,
  links,
  actions,
  marks,
  forms,
  block_actions,
  record_events,
  blocks,
  records,
  topics,
  rules,
  sources,
  languages,
  layers,
  severities,
  binds,
  duties,
  models,
  other,
  count
};

/// The names of the enumerations below, in their order: what the compiler writes into the lists of the same name.
inline constexpr const char* layer_names[] = {"law", "agreement", "platform", "house"};
inline constexpr const char* severity_names[] = {"mandatory", "on-request", "safe-harbour", "litigation-risk",
                                                 "advisory",  "block",      "pending"};
inline constexpr const char* binds_names[] = {"provider", "deployer", "controller", "operator"};
inline constexpr const char* duty_names[] = {"disclose", "consent", "mark", "offer", "block", "record", "link"};
inline constexpr const char* model_names[] = {"none", "notice", "opt-out", "opt-in", "prohibited"};

enum class FactKind : std::uint8_t { flag, choice, set, date, count };
enum class Layer : std::uint8_t { law, agreement, platform, house };
enum class Severity : std::uint8_t { mandatory, on_request, safe_harbour, litigation_risk, advisory, block, pending };
enum class DutyKind : std::uint8_t { disclose, consent, mark, offer, block, record, link };
enum class Model : std::uint8_t { none, notice, opt_out, opt_in, prohibited };
/// What a condition asks of a fact: one of these values, only these, none at all; a number not below, or below, this
/// one.
enum class Op : std::uint8_t { all, any, some, only, none, at_least, below };
inline constexpr std::uint8_t negated = 0x80;

/// Facts that the runtime computes; the first ones of facts.json, in this order.
enum DerivedFact : int { fact_channel, fact_assistant, fact_purposes, fact_platforms, derived_facts };
/// The values of the derived fact `purposes`.
enum PurposesValue : std::uint32_t { purposes_declared = 1, purposes_sells = 2, purposes_shares = 4, purposes_ads = 8 };
/// Purpose kinds that mean something to the runtime.
enum PurposeKind : int {
  kind_necessary = 0,
  kind_advertising = 4,
  kind_cross_site_tracking = 5,
  kind_ai_training = 6,
  kind_chat_recording = 7
};

inline constexpr std::int32_t no_day = INT32_MIN;
inline constexpr std::uint8_t none8 = 0xff;
inline constexpr std::uint16_t none16 = 0xffff;

/// What a place, a fact and a rulebook have room for; the compiler refuses more.
inline constexpr std::uint32_t max_parents = 4, max_values = 32, max_facts = 256;
inline constexpr std::uint32_t max_links = 32, max_statements = 32;

#pragma pack(push, 1)

/// Names that the runtime itself has to know.
enum Landmark : int {
  us_place,
  gpc_fact,
  asked_fact,
  content_fact,
  prompt_topic,
  status_topic,
  break_statement,
  landmarks
};

struct FileHeader {
  std::uint32_t magic;  ///< "CNDR"
  std::uint8_t format, sections;
  std::uint16_t zero;
  std::uint32_t length, checksum;
};

struct SectionHeader {
  SectionTag tag;
  std::uint8_t zeros[3];
  std::uint32_t length;
};

struct RulebookHeader {
  std::int32_t date, stale_after;  ///< days since 1970-01-01
  char hash[8];                    ///< of the whole rulebook, hexadecimal
  std::uint32_t keys_hash;         ///< of the message keys
  std::uint16_t counts[static_cast<int>(Strings::count)];
  std::uint16_t verbatim;
  std::int16_t landmarks[Landmark::landmarks];  ///< their indices in their lists; -1: the rulebook has none
};

struct PlaceRecord {
  std::uint16_t parents[max_parents];  ///< direct and indirect; none16 where there are fewer
  std::uint8_t inside;                 ///< inside the bundle's slice
};

struct FactRecord {
  FactKind kind;
  std::uint8_t flags;         ///< 1 lifts, 2 derived, 4 silent
  std::uint16_t first_value;  ///< of a flag: `false`, then `true`
  std::uint8_t values, presumptions;
};

struct PresumptionRecord {
  std::uint8_t ask;    ///< in place of presuming
  std::uint32_t bits;  ///< count, date: the number; else the mask
};

struct RuleRecord {
  Layer layer;
  std::uint8_t binds, flags;  ///< 1 never, 2 stayed, 4 reaches the operator's establishment, 8 may be waived
  Severity severity;
  std::uint8_t entries, modifies, duties;
};

struct EntryRecord {
  std::uint16_t place, source;
  std::int32_t from, until, grace;  ///< until: the last day; no_day where there is none
  std::uint8_t announced;
};

/// What the masks of a duty are, in their order.
enum DutyMask : int {
  mask_says,
  mask_says_high,
  mask_repeat,
  mask_slots,
  mask_actions,
  mask_actions_high,
  mask_verbatim,
  mask_languages,  // disclose
  mask_content,
  mask_forms,   // mark
  mask_events,  // record
  duty_masks
};

/// A mask where it stands, aligned or not.
struct Mask {
  std::uint32_t bits;
  operator std::uint32_t() const { return bits; }  // NOLINT(google-explicit-constructor): it is its bits
};

struct DutyRecord {
  DutyKind kind;
  Severity severity;
  std::uint8_t id;                  ///< topic, offer, link, mark, block or record
  std::uint8_t flags;               ///< 1 dismissible, 2 equal choice, 4 shows the GPC status
  std::uint8_t timing, prominence;  ///< none8: not stated
  std::uint8_t title;               ///< of a link: verbatim text, none8: the language's own
  std::uint8_t action, fact;        ///< of a block, none8: none
  std::uint16_t lead, within;       ///< strings, ISO 8601 or `businessDays:N`
  std::uint16_t first, second;      ///< strings: consent: refusal floor, grant cap; block: until; record: keep
  Mask masks[duty_masks];
  std::uint8_t rows;  ///< consent rows or channel forms that follow
};

struct ConsentRow {
  std::uint8_t tests;  ///< own service | shared << 2 | sensitive << 4 | sells << 6: 0 any, 1 false, 2 true
  Model model;
  std::uint8_t flags;   ///< 1 honours GPC, 2 by a parent
  std::uint16_t kinds;  ///< mask of purpose kinds; 0: any
};

struct ChannelForm {
  std::uint8_t channel, timing, prominence;  ///< none8: as the duty says
  std::uint32_t slots, repeat;               ///< 0: as the duty says
};

struct LocaleHeader {
  std::uint32_t keys_hash;
  std::uint32_t grouped_from;  ///< the least number whose digits are grouped
  std::uint16_t groups;        ///< bit n: a separator stands before the last n digits, bit 0 is none
  std::uint8_t right_to_left, million, aliases;
  std::uint8_t plural[200];
};

#pragma pack(pop)

static_assert(sizeof(FileHeader) == header_size && sizeof(SectionHeader) == section_header_size);

}  // namespace candor::runtime
