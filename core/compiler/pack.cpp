#include "core/compiler/pack.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <type_traits>

#include "core/compiler/rules.h"
#include "core/runtime/bundle.h"
#include "core/runtime/format.h"
#include "core/runtime/hash.h"
#include "core/runtime/message.h"

namespace candor::compiler {
namespace {

using runtime::SectionTag;
using runtime::Strings;

constexpr Day stale_days = 180;
constexpr int most_digits = 10;  // of a number that a message says

/// Bytes on their way out, little-endian.
class Bytes {
 public:
  void u8(unsigned value) { raw_.push_back(static_cast<char>(value)); }
  void u16(unsigned value) { record(static_cast<std::uint16_t>(value)); }
  void u32(std::uint32_t value) { record(value); }
  template <class T>
  void record(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    raw_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void raw(std::string_view bytes) { raw_.append(bytes); }
  /// Bytes up to NUL, and NUL.
  void text(const std::string& text) { raw_.append(text.c_str(), text.size() + 1); }
  const std::string& str() const { return raw_; }

 private:
  std::string raw_;
};

std::uint32_t checksum(std::string_view bytes) {
  return runtime::crc32(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<std::uint32_t>(bytes.size()));
}

/// A count as the runtime holds it.
std::int32_t saturated(std::int64_t number) {
  return static_cast<std::int32_t>(std::min<std::int64_t>(number, runtime::most_number));
}

/// What a language pack and a rulebook must agree on.
std::uint32_t keys_hash(const Rulebook& rulebook) {
  std::string keys;
  for (const std::string& key : message_keys(rulebook)) keys += key + "\n";
  return checksum(keys);
}

std::uint32_t mask_of(const std::vector<int>& items, int first = 0) {
  std::uint32_t mask = 0;
  for (int item : items)
    if (item >= first && item < first + 32) mask |= 1u << (item - first);
  return mask;
}

template <std::size_t N>
std::vector<std::string> names(const char* const (&list)[N]) {
  return {std::begin(list), std::end(list)};
}

// --- section R -------------------------------------------------------------------------------------------------------

class RulesWriter {
 public:
  RulesWriter(const Rulebook& rulebook, const std::vector<bool>& inside) : book_(rulebook), inside_(inside) {
    other("");
  }

  std::string section(std::string_view hash) {
    // All flags have the same two values.
    values_ = {"false", "true"};
    for (const Fact& fact : book_.facts) {
      first_value_.push_back(fact.kind == FactKind::flag ? 0 : values_.size());
      values_.insert(values_.end(), fact.values.begin(), fact.values.end());
    }
    fill_lists();
    // The body names strings of the pool, so it comes first.
    for (const std::vector<std::string>& list : lists_) first_other_ += static_cast<std::uint32_t>(list.size());
    Bytes body;
    places(body);
    facts(body);
    topics(body);
    for (const Rule& one : book_.rules) rule(one, body);
    list(Strings::other) = other_;

    runtime::RulebookHeader header{};
    header.date = book_.date;
    header.stale_after = stale_after(book_);
    hash.copy(header.hash, sizeof header.hash);
    header.keys_hash = keys_hash(book_);
    header.verbatim = static_cast<std::uint16_t>(book_.verbatim.size());
    landmarks(header);
    for (std::size_t i = 0; i < std::size(lists_); ++i) header.counts[i] = static_cast<std::uint16_t>(lists_[i].size());
    Bytes out;
    out.record(header);
    for (const std::vector<std::string>& list : lists_)
      for (const std::string& text : list) out.text(text);
    out.raw(body.str());
    return out.str();
  }

 private:
  std::vector<std::string>& list(Strings which) { return lists_[static_cast<int>(which)]; }

  void fill_lists() {
    for (const Place& place : book_.places) list(Strings::places).push_back(place.code);
    for (const auto& [code, target] : book_.place_aliases) list(Strings::place_aliases).push_back(code);
    for (const auto& [code, fix] : book_.place_refused) {
      list(Strings::place_refused).push_back(code);
      list(Strings::place_fixes).push_back(fix);
    }
    for (const Fact& fact : book_.facts) list(Strings::facts).push_back(fact.name);
    list(Strings::values) = values_;
    const Vocabulary& words = book_.vocabulary;
    const std::pair<Strings, const std::vector<std::string>&> vocabulary[] = {
        {Strings::channel_types, words.channel_types},
        {Strings::purpose_kinds, words.purpose_kinds},
        {Strings::timings, words.timings},
        {Strings::prominences, words.prominences},
        {Strings::repeats, words.repeats},
        {Strings::slots, words.slots},
        {Strings::statements, words.statements},
        {Strings::offers, words.offers},
        {Strings::links, words.links},
        {Strings::actions, words.actions},
        {Strings::marks, words.marks},
        {Strings::forms, words.forms},
        {Strings::block_actions, words.block_actions},
        {Strings::record_events, words.record_events},
        {Strings::blocks, words.blocks},
        {Strings::records, words.records}};
    for (const auto& [which, names] : vocabulary) list(which) = names;
    list(Strings::layers) = names(runtime::layer_names);
    list(Strings::severities) = names(runtime::severity_names);
    list(Strings::binds) = names(runtime::binds_names);
    list(Strings::duties) = names(runtime::duty_names);
    list(Strings::models) = names(runtime::model_names);
    for (const Rule& rule : book_.rules)
      for (const Duty& duty : rule.duties)
        for (const std::string& tag : duty.languages)
          if (index_of(list(Strings::languages), tag) < 0) list(Strings::languages).push_back(tag);
    for (const Topic& topic : book_.topics) list(Strings::topics).push_back(topic.id);
    for (const Rule& rule : book_.rules) list(Strings::rules).push_back(rule.id);
    for (const Rule& rule : book_.rules)
      for (const PlaceEntry& entry : rule.in) {
        const std::string& id = own_source(rule, entry);
        if (!id.empty() && index_of(list(Strings::sources), id) < 0) list(Strings::sources).push_back(id);
      }
  }

  /// The id of the source of an entry; empty where it is made of the rule's and the place's, as the runtime makes it.
  const std::string& own_source(const Rule& rule, const PlaceEntry& entry) const {
    static const std::string none;
    const std::string& id = book_.sources[static_cast<std::size_t>(entry.source)].id;
    return id == source_id(rule.id, book_.places[static_cast<std::size_t>(entry.place)].code) ? none : id;
  }

  static int index_of(const std::vector<std::string>& list, const std::string& text) {
    auto found = std::find(list.begin(), list.end(), text);
    return found == list.end() ? -1 : static_cast<int>(found - list.begin());
  }

  void landmarks(runtime::RulebookHeader& header) {
    auto set = [&](runtime::Landmark landmark, Strings which, const char* name) {
      header.landmarks[landmark] = static_cast<std::int16_t>(index_of(list(which), name));
    };
    set(runtime::us_place, Strings::places, "US");
    set(runtime::gpc_fact, Strings::facts, "gpc");
    set(runtime::asked_fact, Strings::facts, "askedIfAi");
    set(runtime::content_fact, Strings::facts, "contentType");
    set(runtime::prompt_topic, Strings::topics, "consent-prompt");
    set(runtime::status_topic, Strings::topics, "opt-out-status");
    set(runtime::break_statement, Strings::statements, "take-a-break");
  }

  /// The index among all strings of one that is in no list of its own.
  std::uint16_t other(const std::string& text) {
    auto [found, added] = other_index_.try_emplace(text, static_cast<std::uint32_t>(other_.size()));
    if (added) other_.push_back(text);
    return static_cast<std::uint16_t>(first_other_ + found->second);
  }

  void places(Bytes& out) {
    std::map<std::string, unsigned> index;
    for (std::size_t i = 0; i < book_.places.size(); ++i) {
      const Place& place = book_.places[i];
      index[place.code] = static_cast<unsigned>(i);
      runtime::PlaceRecord record{};
      for (std::size_t p = 0; p < std::size(record.parents); ++p)
        record.parents[p] = p < place.parents.size() ? static_cast<std::uint16_t>(place.parents[p]) : runtime::none16;
      record.inside = inside_.empty() || inside_[i];
      out.record(record);
    }
    for (const auto& [code, target] : book_.place_aliases) out.u16(index[target]);
  }

  void facts(Bytes& out) {
    for (std::size_t i = 0; i < book_.facts.size(); ++i) {
      const Fact& fact = book_.facts[i];
      bool numeric = fact.kind == FactKind::date || fact.kind == FactKind::count;
      out.record(runtime::FactRecord{static_cast<runtime::FactKind>(fact.kind),
                                     static_cast<std::uint8_t>(fact.lifts | fact.derived << 1 | fact.silent << 2),
                                     static_cast<std::uint16_t>(first_value_[i]),
                                     static_cast<std::uint8_t>(fact.kind == FactKind::flag ? 2 : fact.values.size()),
                                     static_cast<std::uint8_t>(fact.presume.size())});
      for (const Presumption& presumption : fact.presume) {
        condition(presumption.when, out);
        std::uint32_t bits =
            numeric ? static_cast<std::uint32_t>(saturated(presumption.value.number)) : presumption.value.mask;
        out.record(runtime::PresumptionRecord{presumption.ask, presumption.ask ? 0 : bits});
      }
    }
  }

  void topics(Bytes& out) {
    for (const Topic& topic : book_.topics) {
      out.u32(mask_of(topic.covers));
      for (const std::vector<int>& slots : topic.slots) out.u32(mask_of(slots));
    }
    for (const Verbatim& text : book_.verbatim)
      for (const std::string* part : {&text.id, &text.lang, &text.text}) out.u16(other(*part));
  }

  static void condition(const std::optional<Condition>& condition, Bytes& out) {
    node(condition ? *condition : Condition{}, false, out);
  }

  static void node(const Condition& condition, bool negate, Bytes& out) {
    switch (condition.op) {
      case Condition::Op::negate: return node(condition.of[0], !negate, out);
      case Condition::Op::all:
      case Condition::Op::any:
        op(condition.op == Condition::Op::all ? runtime::Op::all : runtime::Op::any, negate, out);
        out.u8(static_cast<unsigned>(condition.of.size()));
        for (const Condition& child : condition.of) node(child, false, out);
        return;
      case Condition::Op::is: return test(condition.test, negate, out);
    }
  }

  static void op(runtime::Op op, bool negate, Bytes& out) {
    out.u8(static_cast<unsigned>(op) | (negate ? runtime::negated : 0u));
  }

  static void test(const Test& test, bool negate, Bytes& out) {
    using runtime::Op;
    auto leaf = [&](Op which, std::uint32_t operand) {
      op(which, negate, out);
      out.u8(static_cast<unsigned>(test.fact));
      out.u32(operand);
    };
    switch (test.kind) {
      case Test::Kind::in:
      case Test::Kind::any: return leaf(Op::some, test.mask);
      case Test::Kind::only: return leaf(Op::only, test.mask);
      case Test::Kind::none: return leaf(Op::none, 0);
      case Test::Kind::range: break;
    }
    constexpr std::int64_t lowest = std::numeric_limits<std::int32_t>::min();
    if (test.low && test.high) {
      op(Op::all, negate, out);
      out.u8(2);
      negate = false;
    }
    if (test.high) leaf(Op::below, static_cast<std::uint32_t>(saturated(*test.high)));
    if (test.low || !test.high) leaf(Op::at_least, static_cast<std::uint32_t>(saturated(test.low.value_or(lowest))));
  }

  void rule(const Rule& rule, Bytes& out) {
    out.record(runtime::RuleRecord{
        static_cast<runtime::Layer>(rule.layer), static_cast<std::uint8_t>(rule.binds),
        static_cast<std::uint8_t>(rule.never | rule.stayed << 1 | rule.reach_establishment << 2),
        static_cast<runtime::Severity>(rule.severity), static_cast<std::uint8_t>(rule.in.size()),
        static_cast<std::uint8_t>(rule.modifies.size()), static_cast<std::uint8_t>(rule.duties.size())});
    for (const PlaceEntry& entry : rule.in)
      out.record(runtime::EntryRecord{
          static_cast<std::uint16_t>(entry.place),
          static_cast<std::uint16_t>(index_of(list(Strings::sources), own_source(rule, entry))), entry.from,
          entry.until.value_or(runtime::no_day), entry.grace.value_or(runtime::no_day), entry.announced});
    node(rule.when, false, out);
    for (int modified : rule.modifies) out.u16(static_cast<unsigned>(modified));
    for (const Duty& one : rule.duties) duty(one, rule, out);
  }

  void duty(const Duty& duty, const Rule& rule, Bytes& out) {
    auto byte_or_none = [](int value) { return value < 0 ? runtime::none8 : static_cast<std::uint8_t>(value); };
    runtime::DutyRecord record{};
    record.kind = static_cast<runtime::DutyKind>(duty.kind);
    record.severity = static_cast<runtime::Severity>(duty.severity.value_or(rule.severity));
    record.id = byte_or_none(duty.kind == DutyKind::disclose ? duty.topic : duty.id);
    record.flags = static_cast<std::uint8_t>(duty.dismissible | duty.equal_choice << 1 | duty.gpc_status << 2);
    record.timing = byte_or_none(duty.timing);
    record.prominence = byte_or_none(duty.prominence);
    record.title = byte_or_none(duty.title);
    record.action = byte_or_none(duty.block_action);
    record.fact = byte_or_none(duty.block_fact);
    record.lead = other(duty.lead.value_or(""));
    record.within = other(duty.within.value_or(""));
    record.first = other(duty.kind == DutyKind::consent ? duty.refusal_floor
                         : duty.kind == DutyKind::block ? duty.until
                                                        : duty.keep);
    record.second = other(duty.grant_cap);
    bool consent = duty.kind == DutyKind::consent;
    record.rows = static_cast<std::uint8_t>(consent ? duty.rows.size() : duty.forms_by_channel.size());

    std::vector<int> languages;
    for (const std::string& tag : duty.languages) languages.push_back(index_of(list(Strings::languages), tag));
    record.masks[runtime::mask_says].bits = mask_of(duty.says);
    record.masks[runtime::mask_says_high].bits = mask_of(duty.says, 32);
    record.masks[runtime::mask_repeat].bits = mask_of(duty.repeat);
    record.masks[runtime::mask_slots].bits = mask_of(duty.slots);
    record.masks[runtime::mask_actions].bits = mask_of(duty.actions);
    record.masks[runtime::mask_actions_high].bits = mask_of(duty.actions, 32);
    record.masks[runtime::mask_verbatim].bits = mask_of(duty.verbatim);
    record.masks[runtime::mask_languages].bits = mask_of(languages);
    record.masks[runtime::mask_content].bits = mask_of(duty.content_types);
    record.masks[runtime::mask_forms].bits = mask_of(duty.forms);
    record.masks[runtime::mask_events].bits = mask_of(duty.events);
    out.record(record);
    condition(duty.when, out);
    if (consent) {
      for (const ConsentRow& row : duty.rows) consent_row(row, out);
    } else {
      for (const ChannelForm& form : duty.forms_by_channel)
        out.record(runtime::ChannelForm{static_cast<std::uint8_t>(form.channel), byte_or_none(form.timing),
                                        byte_or_none(form.prominence), mask_of(form.slots), mask_of(form.repeat)});
    }
  }

  static void consent_row(const ConsentRow& row, Bytes& out) {
    auto tri = [](const std::optional<bool>& value) { return value ? 1u + *value : 0u; };
    out.record(runtime::ConsentRow{static_cast<std::uint8_t>(tri(row.own_service) | tri(row.shared) << 2 |
                                                             tri(row.sensitive) << 4 | tri(row.sells) << 6),
                                   static_cast<runtime::Model>(row.model),
                                   static_cast<std::uint8_t>(row.honours_gpc | row.by_parent << 1),
                                   static_cast<std::uint16_t>(mask_of(row.kinds))});
  }

  const Rulebook& book_;
  const std::vector<bool>& inside_;
  std::vector<std::string> lists_[static_cast<int>(Strings::count)];
  std::vector<std::string> values_, other_;
  std::vector<std::size_t> first_value_;
  std::map<std::string, std::uint32_t> other_index_;
  std::uint32_t first_other_ = 0;
};

const std::vector<bool> everywhere;
constexpr std::string_view no_hash = "00000000";

std::string hexadecimal(std::uint32_t value) {
  std::string text;
  for (int shift = 28; shift >= 0; shift -= 4) text += "0123456789abcdef"[value >> shift & 15];
  return text;
}

// --- files -----------------------------------------------------------------------------------------------------------

struct Section {
  SectionTag tag;
  std::string body;
};

std::string file(const std::vector<Section>& sections) {
  Bytes body;
  for (const Section& section : sections) {
    body.u8(static_cast<unsigned>(section.tag));
    body.raw(std::string_view("\0\0\0", 3));
    body.u32(static_cast<std::uint32_t>(section.body.size()));
    body.raw(section.body);
  }
  Bytes out;
  out.raw("CNDR");
  out.u8(runtime::pack_format);
  out.u8(static_cast<unsigned>(sections.size()));
  out.raw(std::string_view("\0\0", 2));
  out.u32(static_cast<std::uint32_t>(runtime::header_size + body.str().size()));
  out.u32(checksum(body.str()));
  out.raw(body.str());
  return out.str();
}

void write_grouping(const Locale& locale, runtime::LocaleHeader& header) {
  header.grouped_from = 1;
  for (int digits = 1; digits < std::min(locale.primary_group + locale.minimum_grouping, most_digits); ++digits)
    header.grouped_from *= 10;
  for (int at = locale.primary_group; at < most_digits; at += locale.secondary_group)
    header.groups = static_cast<std::uint16_t>(header.groups | 1u << at);
}

void read_grouping(const runtime::LocaleHeader& header, Locale& locale) {
  int digits = 1;
  for (std::uint32_t power = header.grouped_from; power >= 10; power /= 10) ++digits;
  locale.primary_group = std::countr_zero(header.groups);
  locale.secondary_group = std::countr_zero(static_cast<unsigned>(header.groups) >> (locale.primary_group + 1)) + 1;
  locale.minimum_grouping = digits - locale.primary_group;
}

std::string locale_section(const Locale& locale, std::uint32_t keys) {
  runtime::LocaleHeader header{};
  header.keys_hash = keys;
  header.right_to_left = locale.right_to_left;
  write_grouping(locale, header);
  header.million = locale.plural_million;
  header.aliases = static_cast<std::uint8_t>(locale.aliases.size());
  std::copy(locale.plural.begin(), locale.plural.end(), header.plural);
  Bytes out;
  out.record(header);
  out.text(locale.tag);
  out.text(locale.sentence_gap);
  for (const std::string& digit : locale.digits) out.text(digit);
  out.text(locale.group_separator);
  for (const Locale::ListPattern* pattern :
       {&locale.list_two, &locale.list_start, &locale.list_middle, &locale.list_end})
    for (const std::string* part : {&pattern->before, &pattern->between, &pattern->after}) out.text(*part);
  out.text(locale.between_before_i);
  out.text(locale.date_pattern);
  for (const std::string& month : locale.months) out.text(month);
  for (const std::string& alias : locale.aliases) out.text(alias);
  out.u16(static_cast<unsigned>(locale.messages.size()));
  for (const std::string& message : locale.messages) {
    out.u16(static_cast<unsigned>(message.size()));
    out.raw(message + '\0');
  }
  return out.str();
}

}  // namespace

void check_fits(const Rulebook& rulebook, Issues& issues) {
  auto check = [&](const std::string& path, std::size_t count, std::size_t most) {
    if (count > most)
      issues.push_back(
          {"too-large", path, "found " + std::to_string(count) + ", expected at most " + std::to_string(most), ""});
  };
  const Vocabulary& words = rulebook.vocabulary;
  check("vocabulary.json#/channelTypes", words.channel_types.size(), 32);
  check("vocabulary.json#/purposeKinds", words.purpose_kinds.size(), 16);
  check("vocabulary.json#/repeats", words.repeats.size(), 32);
  check("vocabulary.json#/slots", words.slots.size(), 32);
  check("vocabulary.json#/statements", words.statements.size(), runtime::max_statements);
  check("vocabulary.json#/actions", words.offers.size() + words.links.size() + words.actions.size(), 64);
  check("vocabulary.json#/links", words.links.size(), runtime::max_links);
  check("vocabulary.json#/forms", words.forms.size(), 32);
  check("vocabulary.json#/recordEvents", words.record_events.size(), 32);
  check("topics.json#/topics", rulebook.topics.size(), runtime::none8);
  check("facts.json#/facts", rulebook.facts.size(), runtime::max_facts);
  check("places.json#/places", rulebook.places.size(), runtime::Book::max_places);
  check("#/verbatim", rulebook.verbatim.size(), 32);
  check("#/sources", rulebook.sources.size(), runtime::none16);
  check("#/rules", rulebook.rules.size(), runtime::Book::max_rules);
  std::size_t entries = 0;
  for (const Rule& rule : rulebook.rules) {
    entries += rule.in.size();
    check(rule.path + "/in", rule.in.size(), runtime::none8);
    check(rule.path + "/duties", rule.duties.size(), runtime::none8);
    check(rule.path + "/modifies", rule.modifies.size(), runtime::none8);
    for (const Duty& duty : rule.duties)
      check(rule.path + "/duties", duty.rows.size() + duty.forms_by_channel.size(), runtime::none8);
  }
  check("#/rules", entries, runtime::Book::max_entries);
}

Day stale_after(const Rulebook& rulebook) { return rulebook.date + stale_days; }

std::string rulebook_hash(const Rulebook& rulebook) {
  return hexadecimal(checksum(RulesWriter(rulebook, everywhere).section(no_hash)));
}

std::string pack_rules(const Rulebook& rulebook) {
  return file({{SectionTag::rules, RulesWriter(rulebook, everywhere).section(rulebook_hash(rulebook))}});
}

std::string pack_sources(const Rulebook& rulebook) {
  Bytes out;
  out.u16(static_cast<unsigned>(rulebook.sources.size()));
  for (const Source& source : rulebook.sources) {
    char checked[11];
    runtime::write_day(source.checked, checked);
    for (const std::string* text : {&source.id, &source.law, &source.article, &source.url}) out.text(*text);
    out.text(checked);
    out.text(source.confidence);
  }
  return file({{SectionTag::sources, out.str()}});
}

std::string pack_locale(const Locale& locale, const Rulebook& rulebook) {
  return file({{SectionTag::locale, locale_section(locale, keys_hash(rulebook))}});
}

std::optional<std::string> pack_without_words(Locale locale, std::string_view rules_pack) {
  runtime::Cursor in(reinterpret_cast<const std::uint8_t*>(rules_pack.data()),
                     static_cast<std::uint32_t>(rules_pack.size()));
  in.take(runtime::header_size);
  const std::uint8_t* section = in.take(runtime::section_header_size);
  const auto book = std::make_unique<runtime::Book>();
  if (!in.ok() || *section != static_cast<std::uint8_t>(SectionTag::rules) || !book->load(in)) return std::nullopt;
  locale.messages.assign(runtime::message_of(*book, runtime::Messages::end, 0), std::string());
  return file({{SectionTag::locale, locale_section(locale, book->header().keys_hash)}});
}

std::optional<Locale> unpack_locale(std::string_view pack) {
  runtime::Cursor in(reinterpret_cast<const std::uint8_t*>(pack.data()), static_cast<std::uint32_t>(pack.size()));
  in.take(runtime::header_size);
  const std::uint8_t* section = in.take(runtime::section_header_size);
  auto header = in.record<runtime::LocaleHeader>();
  if (!in.ok() || *section != static_cast<std::uint8_t>(SectionTag::locale)) return std::nullopt;
  auto text = [&] { return std::string(in.text()); };
  Locale locale;
  locale.tag = text();
  locale.sentence_gap = text();
  for (std::string& digit : locale.digits) digit = text();
  locale.group_separator = text();
  for (Locale::ListPattern* pattern : {&locale.list_two, &locale.list_start, &locale.list_middle, &locale.list_end})
    for (std::string* part : {&pattern->before, &pattern->between, &pattern->after}) *part = text();
  locale.between_before_i = text();
  locale.date_pattern = text();
  for (std::string& month : locale.months) month = text();
  for (std::uint8_t i = 0; i < header->aliases; ++i) locale.aliases.push_back(text());
  locale.right_to_left = header->right_to_left;
  read_grouping(*header, locale);
  locale.plural_million = header->million;
  std::copy(std::begin(header->plural), std::end(header->plural), locale.plural.begin());
  for (std::uint32_t left = in.u16(); left > 0 && in.ok(); --left) {
    std::uint32_t size = in.u16();
    const std::uint8_t* at = in.take(size + 1);
    if (in.ok()) locale.messages.emplace_back(reinterpret_cast<const char*>(at), size);
  }
  if (!in.done()) return std::nullopt;
  return locale;
}

std::string pack_bundle(const BundleParts& parts) {
  std::vector<Section> sections{{SectionTag::rules, RulesWriter(parts.rulebook, parts.inside).section(parts.hash)}};
  for (const Locale& locale : parts.locales)
    sections.push_back({SectionTag::locale, locale_section(locale, keys_hash(parts.rulebook))});
  std::string lines;
  for (const std::string& line : parts.lines) lines += line + "\n";
  sections.push_back({SectionTag::deployment, lines});
  return file(sections);
}

}  // namespace candor::compiler
