#include "core/runtime/mark.h"

namespace candor::runtime {
namespace {

/// The forms of the vocabulary that mean something here, in its order.
enum Form : std::uint32_t {
  form_text,
  form_html_attribute,
  form_meta,
  form_json_ld,
  form_iptc,
  form_http_header = 6,
  form_email_header,
  form_aigc_json
};

/// Origins of content, then the other words for them; what each means, as a mask of origins.
constexpr Words origin_words =
    "none\0ai-assisted\0ai-generated\0ai-autonomous\0mixed\0"
    "none\0ai-modified\0ai-originated\0machine-generated\0autonomous\0"
    "digitalcapture\0compositewithtrainedalgorithmicmedia\0trainedalgorithmicmedia\0";
constexpr std::uint8_t meanings[] = {1, 2, 4, 8, 16, 1, 2, 4, 8, 8, 1, 2, 4 | 8};
constexpr int origins = 5, by_ai = 2 | 4 | 8, mixed = 16, header_modes = 5;

// --- writing ---------------------------------------------------------------------------------------------------------

class Values {
 public:
  Values(const Marked& marked, JsonWriter& out) : m_(marked), out_(out) {}

  void write(std::uint32_t forms) {
    std::uint32_t bits = m_.context.facts.known_bits(m_.book.find(Strings::facts, "aiOrigin"));
    // Its values are the origins behind `none`.
    origin_ = bits == 4 ? 3 : bits <= 2 ? static_cast<int>(bits) : 0;
    out_.open("values", '{');
    for (std::uint32_t form = form_html_attribute; form <= form_aigc_json; ++form) {
      bool known = form == form_aigc_json ? !is_empty(m_.situation.output_id) : origin_ && form != form_iptc + 1;
      if (!known || !(forms >> form & 1)) continue;
      out_.begin(m_.book.string(Strings::forms, form));
      value(form);
      out_.end();
    }
    out_.close('}');
  }

 private:
  void value(std::uint32_t form) {
    bool whole = origin_ > 1;
    switch (form) {
      case form_html_attribute:
      case form_meta: return out_.append(word_at(origin_words, origin_));
      case form_json_ld:
        out_.append(
            "{\"@context\":\"https://schema.org\",\"@type\":\"CreativeWork\",\"digitalSourceType\":"
            "\"https://schema.org/");
        out_.append(whole ? "T" : "CompositeWithT");
        return out_.append("rainedAlgorithmicMediaDigitalSource\"}");
      case form_iptc:
        out_.append("http://cv.iptc.org/newscodes/digitalsourcetype/");
        out_.append(whole ? "t" : "compositeWithT");
        return out_.append("rainedAlgorithmicMedia");
      case form_aigc_json: return aigc();
      default: header();
    }
  }

  /// A dictionary of structured fields (RFC 9651).
  void header() {
    out_.append("mode=");
    out_.append(word_at(origin_words, header_modes + origin_));
    member(", model=", m_.situation.model);
    // Of several providers it is not known whose output this is.
    const Assistant* assistant = m_.context.assistant;
    if (assistant && assistant->providers.size == 1) member(", provider=", assistant->providers[0].name);
    std::uint32_t day = m_.context.facts.known_bits(m_.book.find(Strings::facts, "generatedOn"));
    constexpr std::uint32_t seconds_of_day = 24 * 60 * 60;
    if (day > UINT32_MAX / seconds_of_day) return;
    out_.append(", date=@");
    out_.append_number(day * seconds_of_day);
  }

  /// Strings of structured fields are ASCII: another text is left out.
  void member(Text name, Text text) {
    for (Text c = text; *c; ++c)
      if (*c & 0x80) return;
    if (!is_empty(text)) quoted(name, text);
  }

  void quoted(Text name, Text text) {
    out_.append(name);
    out_.append("\"");
    for (; *text; ++text) {
      if (*text == '"' || *text == '\\') out_.append("\\");
      out_.append(text, text + 1);
    }
    out_.append("\"");
  }

  /// Who marks first is producer and propagator in one.
  void aigc() {
    out_.append("{\"AIGC\":{\"Label\":\"1\"");
    quoted(",\"ContentProducer\":", m_.deployment.operator_name);
    quoted(",\"ProduceID\":", m_.situation.output_id);
    out_.append(",\"ReservedCode1\":\"\"");
    quoted(",\"ContentPropagator\":", m_.deployment.operator_name);
    quoted(",\"PropagateID\":", m_.situation.output_id);
    out_.append(",\"ReservedCode2\":\"\"}}");
  }

  const Marked& m_;
  JsonWriter& out_;
  int origin_ = 0;  ///< 0: not known, so nothing is said
};

// --- reading ---------------------------------------------------------------------------------------------------------

bool begins(const char* at, Text word) {
  while (*word && *at == *word) ++at, ++word;
  return !*word;
}

bool is_among(char c, Text characters) {
  while (*characters && *characters != c) ++characters;
  return *characters;
}

class Reader {
 public:
  Reader(const Book& book, JsonWriter& out) : book_(book), out_(out) {}

  /// Blanks comments and writes small letters, so that what is left is read as it stands; labels are read before.
  void prepare(char* content, const Languages& languages, const Deployment& deployment) {
    std::uint32_t message = message_of(book_, Messages::marks, 0);
    for (char* at = content; *at; ++at) {
      while (begins(at, "<!--"))
        while (*at && !begins(at, "-->")) *at++ = ' ';
      if (!*at) return;
      if (at == content || at[-1] == '>') {
        for (std::uint32_t i = 0; i < languages.count; ++i)
          if (label(at, languages.locales[i].plain(message))) break;
        for (const Override& words : deployment.overrides)
          if (words.message == message) label(at, words.text);
      }
      if (*at >= 'A' && *at <= 'Z') *at += 'a' - 'A';
    }
  }

  void read(const char* content) {
    for (const char* at = content; *at; ++at) {
      if (is_among(*at, "<>")) {
        element_ = *at == '<' ? at : nullptr;
        element_origins_ = -1;
      }
      if (begins(at, "ai-disclosure")) disclosure(at, at + 13);
      if (begins(at, "digitalsourcetype")) at = source_type(at + 17);
    }
  }

 private:
  void found(Form form, const char* value, const char* end) {
    auto size = static_cast<std::uint32_t>(end - value);
    if (!size) return;
    int means = form == form_text ? by_ai : 0;
    for (int i = sizeof meanings; i-- > 0;)
      if (equal(word_at(origin_words, i), value, size)) means = meanings[i];
    // A mixed page contradicts nothing, and what means nothing is not known to.
    int fits = !means || means == mixed ? -1 : means;
    int& standing = form == form_html_attribute ? element_origins_ : page_origins_;
    out_.open('{');
    out_.field("form", book_.string(Strings::forms, form));
    out_.begin("value");
    out_.append(value, end);
    out_.end();
    out_.open("origins", '[');
    for (int i = 0; i < origins; ++i)
      if (means >> i & 1) out_.string(word_at(origin_words, i));
    out_.close(']');
    out_.field("conflict", !(standing & fits));
    out_.close('}');
    if (standing & fits) standing &= fits;
  }

  /// A label stands at the beginning of an element or of plain text, and nothing else beside it.
  bool label(const char* at, Text words) {
    const char* end = at + length(words);
    bool is = begins(at, words) && (!*end || *end == '<' || begins(end, "  "));
    if (is) found(form_text, at, end);
    return is;
  }

  /// Behind `=`, `:`, quotes and blanks.
  const char* take(Form form, const char* at) {
    while (*at && is_among(*at, " =:\"'/>")) ++at;
    const char* value = at;
    for (; *at && !is_among(*at, " \"'<>,;\\"); ++at)
      if (*at == '/') value = at + 1;
    // What schema.org ends the names of digital sources with.
    bool long_name = at - value > 13 && begins(at - 13, "digitalsource");
    found(form, value, long_name ? at - 13 : at);
    return at;
  }

  /// An attribute, the name of a `meta`, or a header: what stands around the word says which.
  void disclosure(const char* word, const char* behind) {
    char before = word[-1];
    if (*behind == ':' && (!before || before == ' ')) return header(behind);
    if (!element_) return;
    bool quoted = is_among(before, "\"'");
    if (begins(element_, "<meta ") && begins(word - quoted - 5, "name=")) {
      const char* at = element_;
      element_ = nullptr;
      while (*++at && !is_among(*at, "<>"))
        if (begins(at, " content=")) take(form_meta, at + 9);
    } else if (*behind == '=' && (before == ' ' || (before == '-' && begins(word - 6, " data-")))) {
      take(form_html_attribute, behind);
    }
  }

  /// The dictionary of the header; its members may be parted by `;`, as in the draft's own example.
  void header(const char* at) {
    do {
      while (is_among(*++at, " ")) {
      }
      if (begins(at, "mode=")) take(form_http_header, at + 5);
      for (bool quoted = false; *at && (quoted || !is_among(*at, ",;<")); ++at) {
        if (*at == '"') quoted = !quoted;
        if (*at == '\\' && at[1]) ++at;
      }
    } while (is_among(*at, ",;") && *at);
  }

  const char* source_type(const char* at) {
    return is_among(*at, "/\"'=>") ? take(*at == '"' ? form_json_ld : form_iptc, at) : at;
  }

  const Book& book_;
  JsonWriter& out_;
  const char* element_ = nullptr;  ///< where the element that is being read begins
  int page_origins_ = -1, element_origins_ = -1;
};

}  // namespace

void write_marks(const Marked& marked, std::uint32_t forms, JsonWriter& out) { Values(marked, out).write(forms); }

void read_marks(const Book& book, const Languages& languages, const Deployment& deployment, char* content,
                JsonWriter& out) {
  out.open("marks", '[');
  Reader reader(book, out);
  reader.prepare(content, languages, deployment);
  reader.read(content);
  out.close(']');
}

}  // namespace candor::runtime
