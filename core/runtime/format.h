#pragma once
/// @file The layout of packs and bundles: written by compiler/pack.cpp, read by bundle.cpp.
///
/// A file is a header and sections. Integers are little-endian; `varint` is LEB128, at most 32 bits; `zigzag` is a varint
/// of a signed number (0, -1, 1, -2 …); `list` is a varint count and as many varints; `string` is a varint index into the
/// string pool of section R.
///
///     header   "CNDR", u8 format, u8 sections, u16 0, u32 length of the file, u32 CRC-32 (ISO 3309) of all that follows
///     section  u8 tag, 3 bytes 0, u32 length, bytes
///
/// Section R, the rulebook:
///
///     zigzag date, zigzag stale-after (days since 1970-01-01), 8 bytes hash of the whole rulebook (ASCII hexadecimal),
///     4 bytes hash of the message keys
///     a varint count for each `Strings` list, u32 length of the pool, the pool: every string followed by NUL, list by list
///     a place: list of parents, u8 inside the slice               (in the order of the list)
///     an alias: varint place; a refused code: nothing (its fix is the string of the same index in `place_fixes`)
///     a fact: u8 kind | lifts << 3 | derived << 4 | silent << 5, varint first value, varint values, varint presumptions,
///         each: condition, u8 ask, and unless it asks: varint mask (flag, choice, set) or f64 (count, date)
///     a topic: list of covered statements, for each channel type a list of slots
///     varint verbatim texts, each: string id, string language, string text
///     a rule: varint length, u8 layer | binds << 2 | never << 4 | stayed << 5 | reach << 6, u8 severity,
///         varint entries, each: varint place, zigzag from, u8 until | grace << 1 | announced << 2, [varint until - from],
///             [varint grace - from], varint source,
///         condition, list of modified rules, varint duties, each: varint length, duty
///     condition: varint length (0: always holds), then one of: 0 all, 1 any: varint count, varint length, conditions without
///         a length; 2 not; 3 in, 4 any of, 5 only: varint fact, varint mask; 6 none: varint fact; 7 range: varint fact,
///         u8 low | high << 1, [f64 low], [f64 high]
///     duty: u8 kind | when << 3 | severity << 4 | lead << 5 | within << 6, [condition], [u8 severity], [string], [string], then
///         disclose  varint topic, u8 timing + 1, u8 prominence, u8 dismissible, lists says, repeat, slots, actions,
///                   verbatim, languages (strings), varint forms, each: varint channel, u8 timing + 1, u8 prominence + 1,
///                   lists slots, repeat
///         consent   varint rows, each: u8 own | shared << 2 | sensitive << 4 | sells << 6 (0 any, 1 false, 2 true),
///                   u8 model | gpc << 3 | parent << 4, list of kinds; string floor, string cap, u8 equal | status << 1
///         offer     varint id         link  varint id, varint title + 1
///         mark      varint id, list of content types, list of forms
///         block     varint id, varint action + 1, varint fact + 1, string until
///         record    varint id, list of events, string keep
///
/// Section L, a language: see compiler/locale.h for what the fields mean:
///
///     4 bytes hash of the message keys, then texts (varint length, bytes): tag, gap, 10 digits, group separator, list patterns
///     (two, start, middle, end: before, between, after), date pattern, 12 months; u8 right to left, primary, secondary,
///     minimum grouping, million; varint runs, each: u8 category, varint length (200 in all); varint aliases, texts;
///     varint messages, texts
///
/// Section S, sources: varint count, each texts id, law, article, url, checked, confidence, sorted by id.
/// Section D, a deployment: request lines (contract of `candor_call`), LF after each.
#include <cstdint>

namespace candor::runtime {

inline constexpr std::uint8_t pack_format = 1;
inline constexpr std::uint32_t header_size = 16;
inline constexpr std::uint32_t section_header_size = 8;

/// Limits of one call, in bytes, the same on every platform.
inline constexpr std::uint32_t request_limit = 64 * 1024;
inline constexpr std::uint32_t bundle_limit = 256 * 1024;
inline constexpr std::uint32_t answer_limit = 256 * 1024;

enum class SectionTag : std::uint8_t { rules = 'R', locale = 'L', sources = 'S', deployment = 'D' };

/// The lists of strings in the pool of section R, in the order in which they stand there.
enum class Strings : std::uint8_t {
  places, place_aliases, place_refused, place_fixes, facts, values, channel_types, purpose_kinds, timings, prominences, repeats,
  slots, statements, offers, links, actions, marks, forms, block_actions, record_events, blocks, records, topics, rules, sources,
  other, count
};

/// Facts that the runtime computes; the first ones of facts.json, in this order.
enum DerivedFact : int { fact_channel, fact_assistant, fact_purposes, fact_platforms, derived_facts };
/// The values of the derived fact `purposes`.
enum PurposesValue : std::uint32_t { purposes_declared = 1, purposes_sells = 2, purposes_shares = 4, purposes_ads = 8 };

}  // namespace candor::runtime
