#include "core/runtime/instance.h"

#include <cstring>

#include "core/runtime/hash.h"

namespace candor::runtime {
namespace {

constexpr char magic[4] = {'C', 'N', 'D', 'R'};

}  // namespace

std::string_view Instance::call(std::span<const std::uint8_t> input) {
  JsonWriter out(answer_, answer_limit);
  problems_.list.clear();
  bool pack = input.size() >= sizeof magic && std::memcmp(input.data(), magic, sizeof magic) == 0;
  auto size = static_cast<std::uint32_t>(input.size());
  if (input.size() > (pack ? bundle_limit : request_limit))
    refuse("too-large", pack ? "a bundle of at most 256 KiB" : "a request of at most 64 KiB", out);
  else if (pack) load(input.data(), size, out);
  else decide_request(input.data(), size, out);
  if (out.overflow()) refuse("too-large", "an answer of at most 256 KiB", out);
  return {out.data(), out.size()};
}

void Instance::refuse(Text code, Text expected, JsonWriter& out) {
  problems_.add(code, "", "", expected);
  write_failure(problems_, out);
}

// --- loading ---------------------------------------------------------------------------------------------------------

void Instance::load(const std::uint8_t* file, std::uint32_t size, JsonWriter& out) {
  bool whole = size >= header_size && read_as<std::uint32_t>(file + 8) == size && !read_u16(file + 6) &&
               read_as<std::uint32_t>(file + 12) == crc32(file + header_size, size - header_size);
  if (!whole) return refuse("integrity", "a whole pack: its length and checksum do not fit its bytes", out);
  if (file[4] != pack_format) return refuse("unsupported-format", "pack format 1", out);

  bool replaces = size > header_size && file[header_size] == static_cast<std::uint8_t>(SectionTag::rules);
  if (replaces) {
    arena_used_ = locale_count_ = 0;
    book_.clear();
    sources_.clear();
    deployment_.clear();
    compiled_in_ = false;
  }
  if (size > pack_arena - arena_used_) return refuse("too-large", "packs of at most 768 KiB together", out);
  std::uint8_t* kept = arena_ + arena_used_;
  std::memcpy(kept, file, size);

  Cursor in(kept + header_size, size - header_size);
  std::uint32_t locales_before = locale_count_;
  Text code = "bad-pack";
  SectionTag last{};
  bool ok = file[5] > 0;
  for (std::uint32_t i = 0; ok && i < file[5]; ++i) {
    const std::uint8_t* header = in.take(section_header_size);
    std::uint32_t length = header ? read_as<std::uint32_t>(header + 4) : 0;
    const std::uint8_t* body = in.take(length);
    ok = header && body;
    if (!ok) break;
    last = static_cast<SectionTag>(*header);
    ok = take_section(last, Cursor(body, length), code);
  }
  if (!ok || !in.done()) {
    // A pack is taken whole or not at all. A broken rulebook leaves nothing loaded; a broken addition leaves what was.
    locale_count_ = locales_before;
    if (replaces) book_.clear();
    if (problems_.none()) return refuse(code, "sections that follow the format, of the same release as the rules", out);
    return write_failure(problems_, out);
  }
  arena_used_ += size;
  answer_loaded(compiled_in_ && replaces      ? "bundle"
                : replaces                    ? "rules"
                : last == SectionTag::sources ? "sources"
                                              : "locale",
                out);
}

bool Instance::take_section(SectionTag tag, Cursor body, Text& code) {
  switch (tag) {
    case SectionTag::rules: return book_.load(body);
    case SectionTag::locale: {
      if (locale_count_ == max_locales || !book_.loaded()) return false;
      Locale& locale = locales_[locale_count_];
      if (!locale.load(body)) return false;
      if (locale.header().keys_hash != book_.header().keys_hash ||
          locale.message_count() != message_of(book_, Messages::end, 0)) {
        code = "pack-mismatch";
        return false;
      }
      ++locale_count_;
      return true;
    }
    case SectionTag::sources: return sources_.load(body);
    case SectionTag::deployment: {
      // Lines are cut up in place, in the copy that the arena holds; the last byte becomes the end of the last line.
      auto text = reinterpret_cast<char*>(arena_ + (body.at() - arena_));
      std::uint32_t size = body.left();
      if (!book_.loaded() || !size || text[size - 1] != '\n') return false;
      text[size - 1] = '\0';
      read_deployment_lines(book_, text, size - 1, deployment_, lines_, problems_);
      compiled_in_ = true;
      return problems_.none();
    }
  }
  return false;
}

void Instance::answer_loaded(Text kind, JsonWriter& out) {
  out.open('{');
  out.field("type", "success");
  out.open("warnings", '[');
  out.close(']');
  out.open("value", '{');
  out.field("kind", kind);
  out.key("format");
  out.literal("1");
  if (book_.loaded()) {
    const RulebookHeader& header = book_.header();
    write_version(book_, out);
    out.field_day("built", header.date);
    out.field_day("staleAfter", header.stale_after);
    out.open("languages", '[');
    for (std::uint32_t i = 0; i < locale_count_; ++i) out.string(locales_[i].tag());
    out.close(']');
  }
  out.close('}');
  out.close('}');
}

// --- deciding --------------------------------------------------------------------------------------------------------

void Instance::decide_request(const std::uint8_t* text, std::uint32_t size, JsonWriter& out) {
  if (!book_.loaded() || !locale_count_)
    return refuse("not-loaded", "a rulebook and a language to be loaded first", out);
  if (!compiled_in_) {
    deployment_.clear();
    deployment_.handed_over = true;
  }
  std::memcpy(request_, text, size);
  request_[size] = '\0';
  read_request(book_, request_, size, situation_, deployment_, lines_, problems_);
  bool consent = situation_.op == Operation::consent;
  if (consent && (situation_.event == Event::none || is_empty(situation_.event_now)) && problems_.none())
    problems_.add("missing-key", "event", "", "an event and its instant, `event.now`");
  for (int pass = 0; pass <= (consent ? 1 : 0) && problems_.none(); ++pass) {
    // The first pass says what the choice was made under, the second what follows from it.
    if (pass) apply_event(book_, deployment_, decision_, situation_);
    decide(book_, deployment_, situation_, decision_, problems_);
  }
  if (!problems_.none()) return write_failure(problems_, out);
  if (decision_.overflow) return refuse("too-large", "fewer channels, places or rules at once", out);
  Languages languages{locales_, locale_count_};
  Answer{book_, sources_, languages, deployment_, situation_, decision_, out}.write();
}

}  // namespace candor::runtime
