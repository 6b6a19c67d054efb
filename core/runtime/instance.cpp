#include "core/runtime/instance.h"

#include <cstring>

#include "core/runtime/hash.h"

namespace candor::runtime {
namespace {

constexpr char magic[4] = {'C', 'N', 'D', 'R'};

}  // namespace

Text Instance::call(std::span<const std::uint8_t> input) {
  JsonWriter out(answer_, answer_limit);
  problems_.clear();
  bool pack = input.size() >= sizeof magic && std::memcmp(input.data(), magic, sizeof magic) == 0;
  if (input.size() > (pack ? bundle_limit : request_limit)) refuse("too-large", pack ? "a bundle of at most 256 KiB" : "a request of at most 64 KiB", out);
  else if (pack) load(input, out);
  else decide_request({reinterpret_cast<const char*>(input.data()), input.size()}, out);
  if (out.overflow()) refuse("too-large", "an answer of at most 256 KiB", out);
  return out.written();
}

void Instance::refuse(const char* code, const char* expected, JsonWriter& out) {
  problems_.add(code, "", "", expected);
  write_failure(problems_, out);
}

// --- loading ---------------------------------------------------------------------------------------------------------

void Instance::load(std::span<const std::uint8_t> file, JsonWriter& out) {
  auto size = static_cast<std::uint32_t>(file.size());
  Cursor header(file.data(), size);
  header.take(sizeof magic);
  std::uint8_t format = header.u8();
  std::uint8_t sections = header.u8();
  bool padded = header.u8() == 0 && header.u8() == 0;
  std::uint32_t length = header.u32();
  std::uint32_t checksum = header.u32();
  if (!header.ok() || length != size || !padded || crc32(file.data() + header_size, size - header_size) != checksum)
    return refuse("integrity", "a whole pack: its length and checksum do not fit its bytes", out);
  if (format != pack_format) return refuse("unsupported-format", "pack format 1", out);

  bool replaces = sections > 0 && header.left() && *header.at() == static_cast<std::uint8_t>(SectionTag::rules);
  if (replaces) {
    arena_used_ = locale_count_ = 0;
    book_.clear();
    sources_.clear();
    deployment_.clear();
    compiled_in_ = false;
  }
  if (size > pack_arena - arena_used_) return refuse("too-large", "packs of at most 768 KiB together", out);
  std::uint8_t* kept = arena_ + arena_used_;
  std::memcpy(kept, file.data(), size);

  Cursor in(kept + header_size, size - header_size);
  std::uint32_t locales_before = locale_count_;
  const char* code = "bad-pack";
  SectionTag last{};
  bool ok = sections > 0;
  for (std::uint8_t i = 0; ok && i < sections; ++i) {
    last = static_cast<SectionTag>(in.u8());
    in.take(3);
    std::uint32_t section = in.u32();
    ok = take_section(last, in.part(section), code) && in.ok();
  }
  if (!ok || !in.done()) {
    // A pack is taken whole or not at all. A broken rulebook leaves nothing loaded; a broken addition leaves what was.
    locale_count_ = locales_before;
    if (replaces) book_.clear();
    if (problems_.none()) return refuse(code, "sections that follow the format, of the same release as the rules", out);
    return write_failure(problems_, out);
  }
  arena_used_ += size;
  answer_loaded(compiled_in_ && replaces ? "bundle" : replaces ? "rules" : last == SectionTag::sources ? "sources" : "locale", out);
}

bool Instance::take_section(SectionTag tag, Cursor body, const char*& code) {
  switch (tag) {
    case SectionTag::rules: return book_.load(body);
    case SectionTag::locale: {
      if (locale_count_ == max_locales || !book_.loaded()) return false;
      Locale& locale = locales_[locale_count_];
      if (!locale.load(body)) return false;
      if (locale.keys_hash() != book_.keys_hash() || locale.message_count() != message_count(book_)) {
        code = "pack-mismatch";
        return false;
      }
      ++locale_count_;
      return true;
    }
    case SectionTag::sources: return sources_.load(body);
    case SectionTag::deployment:
      if (!book_.loaded()) return false;
      read_deployment_lines(book_, {reinterpret_cast<const char*>(body.at()), body.left()}, deployment_, keys_, problems_);
      compiled_in_ = true;
      return problems_.none();
  }
  return false;
}

void Instance::answer_loaded(const char* kind, JsonWriter& out) {
  out.open('{').field("type", "success").open("warnings", '[').close(']').open("value", '{');
  out.field("kind", kind).key("format").literal("1");
  if (book_.loaded()) {
    out.field("rules", book_.version()).key("built").day(book_.date()).key("staleAfter").day(book_.stale_after());
    out.open("languages", '[');
    for (std::uint32_t i = 0; i < locale_count_; ++i) out.string(locales_[i].tag());
    out.close(']');
  }
  out.close('}').close('}');
}

// --- deciding --------------------------------------------------------------------------------------------------------

void Instance::decide_request(Text lines, JsonWriter& out) {
  if (!book_.loaded() || !locale_count_) return refuse("not-loaded", "a rulebook and a language to be loaded first", out);
  if (!compiled_in_) {
    deployment_.clear();
    deployment_.handed_over = true;
  }
  read_request(book_, lines, situation_, deployment_, keys_, problems_);
  bool consent = situation_.op == Op::consent;
  if (consent && (situation_.event == Event::none || situation_.event_now.empty()) && problems_.none())
    problems_.add("missing-key", "event", "", "an event and its instant, `event.now`");
  for (int pass = 0; pass <= (consent ? 1 : 0) && problems_.none(); ++pass) {
    // The first pass says what the choice was made under, the second what follows from it.
    if (pass) apply_event(deployment_, decision_, situation_);
    decide(book_, deployment_, situation_, decision_, problems_);
  }
  if (!problems_.none()) return write_failure(problems_, out);
  if (decision_.overflow) return refuse("too-large", "fewer channels, places or rules at once", out);
  Languages languages{locales_, locale_count_};
  Answer{book_, sources_, languages, deployment_, situation_, decision_, out}.write();
}

}  // namespace candor::runtime
