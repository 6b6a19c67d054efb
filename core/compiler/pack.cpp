#include "core/compiler/pack.h"

#include <cstring>
#include <map>

#include "core/runtime/bundle.h"
#include "core/runtime/format.h"
#include "core/runtime/hash.h"

namespace candor::compiler {
namespace {

using runtime::SectionTag;
using runtime::Strings;

constexpr Day stale_days = 180;

/// Bytes on their way out, in the encodings of format.h.
class Bytes {
 public:
  void u8(unsigned value) { text_.push_back(static_cast<char>(value)); }
  void u32(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) u8(value >> shift & 0xff);
  }
  void varint(std::uint32_t value) {
    for (; value >= 0x80; value >>= 7) u8((value & 0x7f) | 0x80);
    u8(value);
  }
  void zigzag(std::int32_t value) { varint(static_cast<std::uint32_t>(value) << 1 ^ static_cast<std::uint32_t>(value >> 31)); }
  void f64(double value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    text_.append(bytes, sizeof value);
  }
  void raw(std::string_view bytes) { text_.append(bytes); }
  void text(std::string_view bytes) {
    varint(static_cast<std::uint32_t>(bytes.size()));
    raw(bytes);
  }
  void list(const std::vector<int>& items) {
    varint(static_cast<std::uint32_t>(items.size()));
    for (int item : items) varint(static_cast<std::uint32_t>(item));
  }
  /// A varint length, then what `inner` holds.
  void block(const Bytes& inner) { text(inner.text_); }
  const std::string& str() const { return text_; }

 private:
  std::string text_;
};

// --- section R -------------------------------------------------------------------------------------------------------

class RulesWriter {
 public:
  RulesWriter(const Rulebook& rulebook, const std::vector<bool>& inside) : book_(rulebook), inside_(inside) { other(""); }

  std::string section(std::string_view hash) {
    // The body names strings of the pool, so it comes first.
    for (std::size_t i = 0; i < book_.facts.size(); ++i) {
      first_value_.push_back(values_.size());
      for (const std::string& value : book_.facts[i].values) values_.push_back(value);
    }
    fill_lists();
    count_known_strings();
    Bytes body;
    places(body);
    facts(body);
    topics(body);
    for (const Rule& one : book_.rules) {
      Bytes inner;
      rule(one, inner);
      body.block(inner);
    }

    Bytes out;
    out.zigzag(book_.date);
    out.zigzag(book_.date + stale_days);
    out.raw(hash);
    std::string keys;
    for (const std::string& key : message_keys(book_)) keys += key + "\n";
    out.u32(runtime::crc32(reinterpret_cast<const std::uint8_t*>(keys.data()), static_cast<std::uint32_t>(keys.size())));
    std::string pool;
    for (int i = 0; i < static_cast<int>(Strings::count); ++i) {
      const std::vector<std::string>& list = i == static_cast<int>(Strings::other) ? other_ : lists_[i];
      out.varint(static_cast<std::uint32_t>(list.size()));
      for (const std::string& text : list) pool.append(text).push_back('\0');
    }
    out.u32(static_cast<std::uint32_t>(pool.size()));
    out.raw(pool);
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
        {Strings::channel_types, words.channel_types}, {Strings::purpose_kinds, words.purpose_kinds}, {Strings::timings, words.timings},
        {Strings::prominences, words.prominences},     {Strings::repeats, words.repeats},             {Strings::slots, words.slots},
        {Strings::statements, words.statements},       {Strings::offers, words.offers},               {Strings::links, words.links},
        {Strings::actions, words.actions},             {Strings::marks, words.marks},                 {Strings::forms, words.forms},
        {Strings::block_actions, words.block_actions}, {Strings::record_events, words.record_events}, {Strings::blocks, words.blocks},
        {Strings::records, words.records}};
    for (const auto& [which, names] : vocabulary) list(which) = names;
    for (const Topic& topic : book_.topics) list(Strings::topics).push_back(topic.id);
    for (const Rule& rule : book_.rules) list(Strings::rules).push_back(rule.id);
    for (const Source& source : book_.sources) list(Strings::sources).push_back(source.id);
  }

  void count_known_strings() {
    for (const std::vector<std::string>& list : lists_) first_other_ += static_cast<std::uint32_t>(list.size());
  }

  /// The index in the pool of a string that is in no list of its own.
  std::uint32_t other(const std::string& text) {
    auto [found, added] = other_index_.try_emplace(text, static_cast<std::uint32_t>(other_.size()));
    if (added) other_.push_back(text);
    return first_other_ + found->second;
  }

  void places(Bytes& out) {
    std::map<std::string, int> index;
    for (std::size_t i = 0; i < book_.places.size(); ++i) {
      index[book_.places[i].code] = static_cast<int>(i);
      out.list(book_.places[i].parents);
      out.u8(inside_.empty() || inside_[i]);
    }
    for (const auto& [code, target] : book_.place_aliases) out.varint(static_cast<std::uint32_t>(index[target]));
  }

  void facts(Bytes& out) {
    for (std::size_t i = 0; i < book_.facts.size(); ++i) {
      const Fact& fact = book_.facts[i];
      bool numeric = fact.kind == FactKind::date || fact.kind == FactKind::count;
      out.u8(static_cast<unsigned>(fact.kind) | fact.lifts << 3 | fact.derived << 4 | fact.silent << 5);
      out.varint(static_cast<std::uint32_t>(first_value_[i]));
      out.varint(static_cast<std::uint32_t>(fact.values.size()));
      out.varint(static_cast<std::uint32_t>(fact.presume.size()));
      for (const Presumption& presumption : fact.presume) {
        condition(presumption.when ? &*presumption.when : nullptr, out);
        out.u8(presumption.ask);
        if (presumption.ask) continue;
        if (numeric) out.f64(static_cast<double>(presumption.value.number));
        else out.varint(presumption.value.mask);
      }
    }
  }

  void topics(Bytes& out) {
    for (const Topic& topic : book_.topics) {
      out.list(topic.covers);
      for (const std::vector<int>& slots : topic.slots) out.list(slots);
    }
    out.varint(static_cast<std::uint32_t>(book_.verbatim.size()));
    for (const Verbatim& text : book_.verbatim)
      for (const std::string* part : {&text.id, &text.lang, &text.text}) out.varint(other(*part));
  }

  static bool always(const Condition& condition) { return condition.op == Condition::Op::all && condition.of.empty(); }

  /// With its length; none, or one that always holds, has length 0.
  void condition(const Condition* condition, Bytes& out) {
    Bytes inner;
    if (condition && !always(*condition)) node(*condition, inner);
    out.block(inner);
  }

  void node(const Condition& condition, Bytes& out) {
    switch (condition.op) {
      case Condition::Op::all:
      case Condition::Op::any: {
        out.u8(condition.op == Condition::Op::any);
        out.varint(static_cast<std::uint32_t>(condition.of.size()));
        Bytes inner;
        for (const Condition& child : condition.of) node(child, inner);
        out.block(inner);
        return;
      }
      case Condition::Op::negate:
        out.u8(2);
        return node(condition.of[0], out);
      case Condition::Op::is: break;
    }
    const Test& test = condition.test;
    out.u8(3 + static_cast<unsigned>(test.kind));
    out.varint(static_cast<std::uint32_t>(test.fact));
    if (test.kind == Test::Kind::range) {
      out.u8(test.low.has_value() | test.high.has_value() << 1);
      if (test.low) out.f64(static_cast<double>(*test.low));
      if (test.high) out.f64(static_cast<double>(*test.high));
    } else if (test.kind != Test::Kind::none) {
      out.varint(test.mask);
    }
  }

  void rule(const Rule& rule, Bytes& out) {
    out.u8(static_cast<unsigned>(rule.layer) | static_cast<unsigned>(rule.binds) << 2 | rule.never << 4 | rule.stayed << 5 |
           rule.reach_establishment << 6);
    out.u8(static_cast<unsigned>(rule.severity));
    out.varint(static_cast<std::uint32_t>(rule.in.size()));
    for (const PlaceEntry& entry : rule.in) {
      out.varint(static_cast<std::uint32_t>(entry.place));
      out.zigzag(entry.from);
      out.u8(entry.until.has_value() | entry.grace.has_value() << 1 | entry.announced << 2);
      if (entry.until) out.varint(static_cast<std::uint32_t>(*entry.until - entry.from));
      if (entry.grace) out.varint(static_cast<std::uint32_t>(*entry.grace - entry.from));
      out.varint(static_cast<std::uint32_t>(entry.source));
    }
    condition(&rule.when, out);
    out.list(rule.modifies);
    out.varint(static_cast<std::uint32_t>(rule.duties.size()));
    for (const Duty& one : rule.duties) {
      Bytes inner;
      duty(one, inner);
      out.block(inner);
    }
  }

  void duty(const Duty& duty, Bytes& out) {
    out.u8(static_cast<unsigned>(duty.kind) | duty.when.has_value() << 3 | duty.severity.has_value() << 4 | duty.lead.has_value() << 5 |
           duty.within.has_value() << 6);
    if (duty.when) condition(&*duty.when, out);
    if (duty.severity) out.u8(static_cast<unsigned>(*duty.severity));
    if (duty.lead) out.varint(other(*duty.lead));
    if (duty.within) out.varint(other(*duty.within));
    switch (duty.kind) {
      case DutyKind::disclose: return disclose(duty, out);
      case DutyKind::consent: return consent(duty, out);
      case DutyKind::offer: return out.varint(static_cast<std::uint32_t>(duty.id));
      case DutyKind::link:
        out.varint(static_cast<std::uint32_t>(duty.id));
        return out.varint(static_cast<std::uint32_t>(duty.title + 1));
      case DutyKind::mark:
        out.varint(static_cast<std::uint32_t>(duty.id));
        out.list(duty.content_types);
        return out.list(duty.forms);
      case DutyKind::block:
        out.varint(static_cast<std::uint32_t>(duty.id));
        out.varint(static_cast<std::uint32_t>(duty.block_action + 1));
        out.varint(static_cast<std::uint32_t>(duty.block_fact + 1));
        return out.varint(other(duty.until));
      case DutyKind::record:
        out.varint(static_cast<std::uint32_t>(duty.id));
        out.list(duty.events);
        return out.varint(other(duty.keep));
    }
  }

  void disclose(const Duty& duty, Bytes& out) {
    out.varint(static_cast<std::uint32_t>(duty.topic));
    out.u8(static_cast<unsigned>(duty.timing + 1));
    out.u8(static_cast<unsigned>(duty.prominence));
    out.u8(duty.dismissible);
    for (const std::vector<int>* items : {&duty.says, &duty.repeat, &duty.slots, &duty.actions, &duty.verbatim}) out.list(*items);
    out.varint(static_cast<std::uint32_t>(duty.languages.size()));
    for (const std::string& tag : duty.languages) out.varint(other(tag));
    out.varint(static_cast<std::uint32_t>(duty.forms_by_channel.size()));
    for (const ChannelForm& form : duty.forms_by_channel) {
      out.varint(static_cast<std::uint32_t>(form.channel));
      out.u8(static_cast<unsigned>(form.timing + 1));
      out.u8(static_cast<unsigned>(form.prominence + 1));
      out.list(form.slots);
      out.list(form.repeat);
    }
  }

  void consent(const Duty& duty, Bytes& out) {
    auto tri = [](const std::optional<bool>& value) { return value ? 1u + *value : 0u; };
    out.varint(static_cast<std::uint32_t>(duty.rows.size()));
    for (const ConsentRow& row : duty.rows) {
      out.u8(tri(row.own_service) | tri(row.shared) << 2 | tri(row.sensitive) << 4 | tri(row.sells) << 6);
      out.u8(static_cast<unsigned>(row.model) | row.honours_gpc << 3 | row.by_parent << 4);
      out.list(row.kinds);
    }
    out.varint(other(duty.refusal_floor));
    out.varint(other(duty.grant_cap));
    out.u8(duty.equal_choice | duty.gpc_status << 1);
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

std::uint32_t checksum(std::string_view bytes) {
  return runtime::crc32(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<std::uint32_t>(bytes.size()));
}

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

std::string locale_section(const Locale& locale, const Rulebook& rulebook) {
  Bytes out;
  std::string keys;
  for (const std::string& key : message_keys(rulebook)) keys += key + "\n";
  out.u32(checksum(keys));
  out.text(locale.tag);
  out.text(locale.sentence_gap);
  for (const std::string& digit : locale.digits) out.text(digit);
  out.text(locale.group_separator);
  for (const Locale::ListPattern* pattern : {&locale.list_two, &locale.list_start, &locale.list_middle, &locale.list_end})
    for (const std::string* part : {&pattern->before, &pattern->between, &pattern->after}) out.text(*part);
  out.text(locale.date_pattern);
  for (const std::string& month : locale.months) out.text(month);
  out.u8(locale.right_to_left);
  out.u8(static_cast<unsigned>(locale.primary_group));
  out.u8(static_cast<unsigned>(locale.secondary_group));
  out.u8(static_cast<unsigned>(locale.minimum_grouping));
  out.u8(locale.plural_million);
  std::vector<std::pair<std::uint8_t, std::uint32_t>> runs;
  for (std::uint8_t category : locale.plural) {
    if (runs.empty() || runs.back().first != category) runs.emplace_back(category, 0u);
    ++runs.back().second;
  }
  out.varint(static_cast<std::uint32_t>(runs.size()));
  for (auto [category, length] : runs) {
    out.u8(category);
    out.varint(length);
  }
  out.varint(static_cast<std::uint32_t>(locale.aliases.size()));
  for (const std::string& alias : locale.aliases) out.text(alias);
  out.varint(static_cast<std::uint32_t>(locale.messages.size()));
  for (const std::string& message : locale.messages) out.text(message);
  return out.str();
}

}  // namespace

std::string rulebook_hash(const Rulebook& rulebook) { return hexadecimal(checksum(RulesWriter(rulebook, everywhere).section(no_hash))); }

std::string pack_rules(const Rulebook& rulebook) {
  return file({{SectionTag::rules, RulesWriter(rulebook, everywhere).section(rulebook_hash(rulebook))}});
}

std::string pack_sources(const Rulebook& rulebook) {
  Bytes out;
  out.varint(static_cast<std::uint32_t>(rulebook.sources.size()));
  for (const Source& source : rulebook.sources) {
    char checked[10];
    runtime::write_day(source.checked, checked);
    for (std::string_view text : {std::string_view(source.id), std::string_view(source.law), std::string_view(source.article),
                                  std::string_view(source.url), std::string_view(checked, sizeof checked), std::string_view(source.confidence)})
      out.text(text);
  }
  return file({{SectionTag::sources, out.str()}});
}

std::string pack_locale(const Locale& locale, const Rulebook& rulebook) { return file({{SectionTag::locale, locale_section(locale, rulebook)}}); }

std::optional<Locale> unpack_locale(std::string_view pack) {
  runtime::Cursor in(reinterpret_cast<const std::uint8_t*>(pack.data()), static_cast<std::uint32_t>(pack.size()));
  in.take(runtime::header_size);
  bool is_locale = in.u8() == static_cast<std::uint8_t>(SectionTag::locale);
  in.take(runtime::section_header_size - 1);
  if (!is_locale) return std::nullopt;
  Locale locale;
  auto text = [&] { return std::string(in.text()); };
  in.u32();
  locale.tag = text();
  locale.sentence_gap = text();
  for (std::string& digit : locale.digits) digit = text();
  locale.group_separator = text();
  for (Locale::ListPattern* pattern : {&locale.list_two, &locale.list_start, &locale.list_middle, &locale.list_end})
    for (std::string* part : {&pattern->before, &pattern->between, &pattern->after}) *part = text();
  locale.date_pattern = text();
  for (std::string& month : locale.months) month = text();
  locale.right_to_left = in.u8() != 0;
  locale.primary_group = in.u8();
  locale.secondary_group = in.u8();
  locale.minimum_grouping = in.u8();
  locale.plural_million = in.u8();
  std::size_t filled = 0;
  for (std::uint32_t runs = in.varint(); runs > 0 && in.ok(); --runs) {
    std::uint8_t category = in.u8();
    for (std::uint32_t length = in.varint(); length > 0 && filled < locale.plural.size(); --length) locale.plural[filled++] = category;
  }
  for (std::uint32_t count = in.varint(); count > 0 && in.ok(); --count) locale.aliases.push_back(text());
  for (std::uint32_t count = in.varint(); count > 0 && in.ok(); --count) locale.messages.push_back(text());
  if (!in.ok() || !in.done()) return std::nullopt;
  return locale;
}

std::string pack_bundle(const BundleParts& parts) {
  std::vector<Section> sections{{SectionTag::rules, RulesWriter(parts.rulebook, parts.inside).section(parts.hash)}};
  for (const Locale& locale : parts.locales) sections.push_back({SectionTag::locale, locale_section(locale, parts.rulebook)});
  std::string lines;
  for (const std::string& line : parts.lines) lines += line + "\n";
  sections.push_back({SectionTag::deployment, lines});
  return file(sections);
}

}  // namespace candor::compiler
