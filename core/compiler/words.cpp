#include "core/compiler/words.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "core/compiler/reader.h"

namespace candor::compiler {
namespace {

constexpr std::size_t most_variants = 64;
constexpr int deepest_branch = 8;

struct Phrase {
  std::string_view language;  ///< primary subtag; empty: every language
  std::string_view text;      ///< in lower case
};

/// Names of artificial intelligence. Abbreviations are in capitals and match as they stand, as whole words.
constexpr Phrase ai_names[] = {
    {"", "AI"},
    {"en", "artificial intelligence"},
    {"de", "KI"},
    {"de", "künstliche intelligenz"},
    {"de", "künstlicher intelligenz"},
    {"de", "künstlichen intelligenz"},
    {"fr", "IA"},
    {"fr", "intelligence artificielle"},
    {"es", "IA"},
    {"es", "inteligencia artificial"},
    {"ar", "ذكاء اصطناعي"},
    {"ar", "الذكاء الاصطناعي"},
    {"ar", "بالذكاء الاصطناعي"},
    {"ar", "للذكاء الاصطناعي"},
    {"ja", "人工知能"},
};

/// Sentences that name AI and yet tell nobody that it is what they deal with.
constexpr Phrase vague_phrases[] = {
    {"en", "website use ai"},
    {"en", "website uses ai"},
    {"en", "site uses ai"},
    {"en", "services use ai"},
    {"en", "uses llms"},
    {"en", "uses an llm"},
    {"de", "website nutzen ki"},
    {"de", "website nutzt ki"},
    {"de", "website verwendet ki"},
    {"de", "seite nutzt ki"},
    {"de", "nutzt llms"},
    {"fr", "site utilise l’ia"},
    {"fr", "site utilise l'ia"},
    {"fr", "site utilisent l’ia"},
    {"fr", "site utilisent l'ia"},
    {"fr", "site utilise de l’ia"},
    {"es", "sitio web usa ia"},
    {"es", "sitio web utiliza ia"},
    {"es", "sitio web utilizan ia"},
    {"es", "sitio usa ia"},
    {"es", "sitio utiliza ia"},
    {"ar", "يستخدم هذا الموقع الذكاء الاصطناعي"},
    {"ar", "يستخدم الموقع الذكاء الاصطناعي"},
    {"ja", "サイトはaiを使用"},
    {"ja", "サイトではaiを使用"},
    {"ja", "サイトのサービスはaiを使用"},
    {"ja", "サイトはaiを利用"},
    {"ja", "サイトではaiを利用"},
};

constexpr Phrase promises[] = {
    {"", "compliant"},
    {"", "100% secure"},
    {"", "100 % secure"},
    {"en", "fully secure"},
    {"en", "completely secure"},
    {"en", "perfectly secure"},
    {"en", "fully comply"},
    {"en", "guaranteed"},
    {"en", "we guarantee"},
    {"de", "konform"},
    {"de", "vollkommen sicher"},
    {"de", "absolut sicher"},
    {"de", "völlig sicher"},
    {"de", "100 % sicher"},
    {"de", "garantiert"},
    {"de", "garantieren"},
    {"fr", "conforme"},
    {"fr", "entièrement sécurisé"},
    {"fr", "totalement sécurisé"},
    {"fr", "totalement sûr"},
    {"fr", "parfaitement sûr"},
    {"fr", "garanti"},
    {"es", "cumple con la ley"},
    {"es", "cumple la ley"},
    {"es", "cumple con el"},
    {"es", "totalmente segur"},
    {"es", "completamente segur"},
    {"es", "garantiza"},
    {"ar", "متوافق مع القانون"},
    {"ar", "متوافق مع القوانين"},
    {"ar", "ممتثل"},
    {"ar", "آمن تمامًا"},
    {"ar", "آمن بالكامل"},
    {"ar", "نضمن"},
    {"ja", "準拠"},
    {"ja", "完全に安全"},
    {"ja", "絶対に安全"},
    {"ja", "保証"},
};

/// What consent robots look for; they read every language at once.
constexpr Phrase consent_phrases[] = {
    {"", "cookie"},
    {"", "by continuing"},
    {"", "by clicking"},
    {"", "privacy policy"},
    {"", "accept all"},
    {"", "reject all"},
    {"", "consent"},
    {"", "do not sell"},
    {"", "einwilligung"},
    {"", "zustimmung"},
    {"", "datenschutzerklärung"},
    {"", "indem sie fortfahren"},
    {"", "alle akzeptieren"},
    {"", "alle ablehnen"},
    {"", "en continuant"},
    {"", "politique de confidentialité"},
    {"", "nos partenaires"},
    {"", "tout accepter"},
    {"", "tout refuser"},
    {"", "consentimiento"},
    {"", "al continuar"},
    {"", "si continúa"},
    {"", "política de privacidad"},
    {"", "aceptar todo"},
    {"", "rechazar todo"},
    {"", "ملفات تعريف الارتباط"},
    {"", "موافقتك"},
    {"", "بمتابعتك"},
    {"", "سياسة الخصوصية"},
    {"", "قبول الكل"},
    {"", "رفض الكل"},
    {"", "クッキー"},
    {"", "同意"},
    {"", "プライバシーポリシー"},
    {"", "すべて許可"},
    {"", "すべて拒否"},
};

constexpr std::string_view languages_with_lists[] = {"en", "de", "fr", "es", "ar", "ja"};
constexpr std::string_view disclosing_topics[] = {"ai-interaction.", "ai-content."};
constexpr std::string_view standing_alone[] = {".title", ".short", ".spoken"};
constexpr std::string_view about_ai[] = {"ai-interaction.", "ai-content.",     "ai-limits.",         "says.is-ai",
                                         "says.not-human",  "says.generative", "says.on-behalf-of",  "says.ai-made",
                                         "says.performer",  "says.may-err",    "says.reach-a-person"};

bool begins(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }
bool ends(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}
bool is_ascii_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_ascii_word(text[at - 1])) && (end == text.size() || !is_ascii_word(text[end]))) return true;
  }
  return false;
}

/// The phrase of `language` that `text` contains, or empty.
template <std::size_t n>
std::string_view find_phrase(const Phrase (&phrases)[n], std::string_view language, std::string_view text) {
  const std::string folded = lower(text);
  for (const Phrase& phrase : phrases)
    if ((phrase.language.empty() || phrase.language == language) && folded.find(phrase.text) != std::string::npos)
      return phrase.text;
  return {};
}

bool names_ai(std::string_view language, std::string_view text) {
  const std::string folded = lower(text);
  return std::any_of(std::begin(ai_names), std::end(ai_names), [&](const Phrase& name) {
    if (!name.language.empty() && name.language != language) return false;
    const bool abbreviation = name.text.size() == 2;
    return abbreviation ? has_word(text, name.text) : folded.find(name.text) != std::string::npos;
  });
}

std::vector<std::string_view> sentences(std::string_view text) {
  constexpr std::string_view full_width_stop = "。";
  std::vector<std::string_view> result;
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool stop =
        std::string_view(".!?").find(text[i]) != std::string_view::npos && (i + 1 == text.size() || text[i + 1] == ' ');
    const bool wide = begins(text.substr(i), full_width_stop);
    if (!stop && !wide) continue;
    const std::size_t end = i + (wide ? full_width_stop.size() : 1);
    result.push_back(text.substr(from, end - from));
    from = end;
  }
  if (from < text.size()) result.push_back(text.substr(from));
  return result;
}

/// Whether one sentence says that AI is at work here, and not merely somewhere on the site.
bool tells(std::string_view language, std::string_view text) {
  for (const std::string_view sentence : sentences(text))
    if (names_ai(language, sentence) && find_phrase(vague_phrases, language, sentence).empty()) return true;
  return false;
}

/// The end of the braces that open at `from`, or the end of the text.
std::size_t closing_brace(std::string_view text, std::size_t from) {
  int depth = 0;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i;
  }
  return text.size();
}

/// Every way in which a message can read: its branches multiplied out, its arguments left out. Whether the pattern is
/// well formed is for compile_message to say.
std::vector<std::string> variants(std::string_view pattern, int depth = 0) {
  std::vector<std::string> result = {""};
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      for (std::string& variant : result) variant += pattern[i];
      continue;
    }
    const std::size_t end = closing_brace(pattern, i);
    const std::string_view argument = pattern.substr(i + 1, end - i - 1);
    i = end;
    std::vector<std::string> branches;
    for (std::size_t open = argument.find('{'); open != std::string_view::npos && depth < deepest_branch;) {
      const std::size_t close = closing_brace(argument, open);
      for (std::string& branch : variants(argument.substr(open + 1, close - open - 1), depth + 1))
        branches.push_back(std::move(branch));
      open = argument.find('{', close);
    }
    if (branches.empty()) continue;
    std::vector<std::string> multiplied;
    for (const std::string& variant : result)
      for (const std::string& branch : branches)
        if (multiplied.size() < most_variants) multiplied.push_back(variant + branch);
    result = std::move(multiplied);
  }
  return result;
}

template <std::size_t n>
bool any_begins(std::string_view key, const std::string_view (&prefixes)[n]) {
  return std::any_of(std::begin(prefixes), std::end(prefixes),
                     [key](std::string_view prefix) { return begins(key, prefix); });
}

/// Whether a text is read without the title that would say it.
bool must_tell(std::string_view language, std::string_view key) {
  return std::count(std::begin(languages_with_lists), std::end(languages_with_lists), language) > 0 &&
         any_begins(key, disclosing_topics) &&
         std::any_of(std::begin(standing_alone), std::end(standing_alone),
                     [key](std::string_view part) { return ends(key, part); });
}

}  // namespace

void lint_words(std::string_view tag, std::string_view key, std::string_view text, Issues& issues, std::string path) {
  if (text.empty()) return;
  if (path.empty()) path = pointer(pointer(root_path("locales/" + std::string(tag) + ".json"), "messages"), key);
  const std::string_view language = tag.substr(0, tag.find('-'));
  const std::vector<std::string> readings = variants(text);
  if (must_tell(language, key)) {
    const auto vague = std::find_if(readings.begin(), readings.end(),
                                    [&](const std::string& reading) { return !tells(language, reading); });
    if (vague != readings.end())
      issues.push_back(
          {"vague-notice", path,
           in_backticks(*vague) + " does not say plainly that the person deals with AI, or that AI made this",
           "say so in a sentence of its own, e.g. `You are chatting with an AI system`"});
  }
  for (const std::string& reading : readings) {
    const std::string_view promise = find_phrase(promises, language, reading);
    if (promise.empty()) continue;
    issues.push_back({"promises-too-much", path, in_backticks(promise) + " promises what no notice can promise",
                      "say what is done, or what may go wrong"});
    break;
  }
  if (!any_begins(key, about_ai)) return;
  for (const std::string& reading : readings) {
    const std::string_view words = find_phrase(consent_phrases, language, reading);
    if (words.empty()) continue;
    issues.push_back({"consent-words", path,
                      in_backticks(words) + " makes consent robots take a text about AI for a consent prompt",
                      "say it in the notice on privacy or consent"});
    break;
  }
}

}  // namespace candor::compiler
