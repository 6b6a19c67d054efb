#include "core/runtime/instance.h"

#include <cstring>

#include "core/runtime/hash.h"
#include "core/runtime/mark.h"

namespace candor::runtime {
namespace {

/// A success that warns of nothing.
void begin_answer(JsonWriter& out) {
  out.open('{');
  out.field("type", "success");
  out.open("warnings", '[');
  out.close(']');
  out.open("value", '{');
}

void end_answer(JsonWriter& out) {
  out.close('}');
  out.close('}');
}

}  // namespace

std::string_view Instance::call(std::span<const std::uint8_t> input) {
  JsonWriter out(answer_, answer_limit);
  problems_.list.clear();
  auto size = static_cast<std::uint32_t>(input.size());
  bool pack = size >= 4 && read_as<std::uint32_t>(input.data()) == pack_magic;
  if (input.size() > (pack ? bundle_limit : request_limit))
    refuse("too-large", pack ? "at most 256 KiB" : "at most 64 KiB");
  else if (pack) load(input.data(), size, out);
  else decide_request(input.data(), size, out);
  if (out.overflow()) refuse("too-large", "at most 256 KiB");
  if (!problems_.none()) write_failure(problems_, out);
  return {out.data(), out.size()};
}

void Instance::refuse(Text code, Text expected) { problems_.add(code, "", "", expected); }

// --- loading ---------------------------------------------------------------------------------------------------------

void Instance::load(const std::uint8_t* file, std::uint32_t size, JsonWriter& out) {
  Cursor in(file, size);
  auto header = in.record<FileHeader>();
  if (header->length != size || header->zero || header->checksum != crc32(in.at(), in.left()))
    return refuse("integrity", "a whole pack");
  if (header->format != pack_format) return refuse("unsupported-format", "pack format 1");

  bool replaces = in.left() && static_cast<SectionTag>(*in.at()) == SectionTag::rules;
  if (replaces) {
    arena_used_ = locale_count_ = 0;
    book_.clear();
    sources_.clear();
    deployment_.clear();
    compiled_in_ = false;
  }
  if (size > pack_arena - arena_used_) return refuse("too-large", "at most 768 KiB");
  std::uint8_t* kept = arena_ + arena_used_;
  std::memcpy(kept, file, size);

  in = {kept + header_size, size - header_size};
  std::uint32_t locales_before = locale_count_;
  Text code = "bad-pack", kind = "";
  in.expect(header->sections);
  for (std::uint32_t left = header->sections; left > 0 && in.ok(); --left) {
    auto section = in.record<SectionHeader>();
    std::uint8_t* body = kept + size - in.left();
    in.take(section->length);
    if (in.ok()) in.expect(take_section(section->tag, body, section->length, code, kind));
  }
  if (!in.done()) {
    // A pack is taken whole or not at all. A broken rulebook leaves nothing loaded; a broken addition leaves what was.
    locale_count_ = locales_before;
    if (replaces) book_.clear();
    if (problems_.none()) refuse(code, "a sound pack of the release of the rules");
    return;
  }
  arena_used_ += size;
  answer_loaded(kind, out);
}

bool Instance::take_section(SectionTag tag, std::uint8_t* body, std::uint32_t size, Text& code, Text& kind) {
  Cursor in(body, size);
  if (tag == SectionTag::rules) {
    kind = "rules";
    return book_.load(in);
  }
  if (tag == SectionTag::sources) {
    kind = "sources";
    return sources_.load(in);
  }
  if (!book_.loaded()) return false;
  if (tag == SectionTag::locale) {
    if (is_empty(kind)) kind = "locale";
    if (locale_count_ == max_locales) return false;
    const Locale& locale = locales_[locale_count_];
    if (!locales_[locale_count_++].load(in)) return false;
    bool fits = locale.header().keys_hash == book_.header().keys_hash &&
                locale.message_count() == message_of(book_, Messages::end, 0);
    if (!fits) code = "pack-mismatch";
    return fits;
  }
  // Lines are cut up in place, in the copy that the arena holds; the last byte becomes the end of the last line.
  auto lines = reinterpret_cast<char*>(body);
  if (tag != SectionTag::deployment || !size || lines[size - 1] != '\n') return false;
  kind = "bundle";
  lines[size - 1] = '\0';
  read_deployment_lines(book_, lines, size - 1, deployment_, lines_, problems_);
  return compiled_in_ = problems_.none();
}

void Instance::answer_loaded(Text kind, JsonWriter& out) {
  begin_answer(out);
  out.field("kind", kind);
  out.literal("format", "1");
  if (book_.loaded()) {
    const RulebookHeader& header = book_.header();
    write_version(book_, out);
    out.field_day("built", header.date);
    out.field_day("staleAfter", header.stale_after);
    out.open("languages", '[');
    for (std::uint32_t i = 0; i < locale_count_; ++i) out.string(locales_[i].tag());
    out.close(']');
  }
  end_answer(out);
}

// --- deciding --------------------------------------------------------------------------------------------------------

void Instance::decide_request(const std::uint8_t* text, std::uint32_t size, JsonWriter& out) {
  if (!book_.loaded() || !locale_count_) return refuse("not-loaded", "a rulebook and a language, loaded");
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
  Languages languages{locales_, locale_count_};
  if (situation_.op == Operation::read_marks) {
    if (!situation_.content) problems_.add("missing-key", "arg.content", "", "what marks are to be read from");
    if (!problems_.none()) return;
    begin_answer(out);
    read_marks(book_, languages, deployment_, situation_.content, out);
    return end_answer(out);
  }
  for (int pass = 0; pass <= consent && problems_.none(); ++pass) {
    // The first pass says what the choice was made under, the second what follows from it.
    if (pass) apply_event(book_, deployment_, decision_, situation_);
    decide(book_, deployment_, situation_, decision_, problems_);
  }
  if (!problems_.none()) return;
  if (decision_.overflow) return refuse("too-large", "fewer channels or places");
  Answer{book_, sources_, languages, deployment_, situation_, decision_, out}.write();
}

}  // namespace candor::runtime
