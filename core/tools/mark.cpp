#include "core/tools/mark.h"

#include <algorithm>

#include "core/compiler/codes.h"
#include "core/compiler/situation.h"
#include "core/tools/command.h"
#include "core/tools/law.h"
#include "core/tools/report.h"

namespace candor::tools {
namespace {

using compiler::Issues;
using compiler::items_at;
using compiler::Json;
using compiler::text_at;

/// `content` as the value of a request line: what would end the line becomes a blank. What is no UTF-8 stays, and is
/// refused by the core.
std::string as_line(std::string_view content) {
  std::string line;
  for (std::size_t i = 0; i < content.size(); ++i) {
    const auto byte = static_cast<unsigned char>(content[i]);
    const bool c1 =
        byte == 0xc2 && i + 1 < content.size() && (static_cast<unsigned char>(content[i + 1]) & 0xe0) == 0x80;
    i += c1 ? 1 : 0;
    line += c1 || byte < 0x20 || byte == 0x7f ? ' ' : content[i];
  }
  return line;
}

/// The envelope that says which marks `content` carries.
std::optional<std::string> read_marks(Engine& engine, std::string_view content, Issues& issues) {
  return ask(engine, {"op=read-marks", "arg.content=" + as_line(content)}, issues);
}

/// The forms of the marks that `content` carries.
std::optional<std::vector<std::string>> forms_in(Engine& engine, std::string_view content, Issues& issues) {
  const auto answer = read_marks(engine, content, issues);
  const auto envelope = answer ? compiler::read_json(*answer, {}, issues) : std::nullopt;
  if (!envelope) return std::nullopt;
  std::vector<std::string> forms;
  for (const Json& mark : items_at(*envelope->find("value"), "marks")) forms.push_back(text_at(mark, "form"));
  return forms;
}

/// What an answer to `op=mark` says to write, by form; and what is due and has no text.
struct Due {
  std::map<std::string, std::string> values;
  std::vector<std::string> open;
};

Due due_in(const Json& value) {
  Due due;
  for (const Json& mark : items_at(value, "marks")) {
    const Json& values = *mark.find("values");
    for (const Json& form : items_at(mark, "forms")) {
      if (form.string == "text") due.values["text"] = text_at(*mark.find("text"), "title");
      else if (values.find(form.string)) due.values[form.string] = text_at(values, form.string);
      else due.open.push_back(form.string);
    }
  }
  return due;
}

/// A bundle that reads marks with the labels of every language.
std::optional<std::string> any_bundle(Law& law, Issues& issues) {
  const auto document =
      compiler::read_json(R"({"operator":{"name":"-"},"channels":{"page":{"type":"website"}}})", {}, issues);
  const auto deployment = compiler::read_deployment(*document, law.rulebook, issues);
  return deployment ? compile_bundle(law, *deployment, issues) : std::nullopt;
}

Outcome verify(const Invocation& invocation) {
  Issues issues;
  auto law = embedded_law(issues);
  if (!law) return refuse(issues);
  std::optional<std::string> bundle;
  if (!invocation.has("deployment")) bundle = any_bundle(*law, issues);
  else if (const auto deployment = read_deployment_option(invocation, law->rulebook, issues))
    bundle = compile_bundle(*law, *deployment, issues);
  Engine engine;
  const auto answer = bundle && load(engine, *bundle, false, issues)
                          ? read_marks(engine, invocation.standard_input, issues)
                          : std::nullopt;
  return answer ? Outcome{0, *answer + '\n', {}, {}} : refuse(issues);
}

/// Where the tag `name` of `html` (in lower case) ends; npos where there is none.
std::size_t behind_tag(std::string_view html, std::string_view name) {
  const std::string tag = '<' + std::string(name);
  for (std::size_t at = html.find(tag); at != std::string_view::npos; at = html.find(tag, at + 1)) {
    const std::size_t end = html.find('>', at);
    if (end != std::string_view::npos &&
        std::string_view("> \t\r\n").find(html[at + tag.size()]) != std::string_view::npos)
      return end + 1;
  }
  return std::string_view::npos;
}

}  // namespace

std::string mark_content(std::string_view content, const MarkTexts& marks) {
  const auto text = [&marks](std::string_view form) {
    const auto found = marks.values.find(form);
    return found == marks.values.end() ? std::string() : escape_html(found->second);
  };
  const std::size_t first = content.find_first_not_of(" \t\r\n");
  const auto label = marks.values.find("text");
  if (first == std::string_view::npos || content[first] != '<')
    return (label == marks.values.end() ? "" : label->second + "\n\n") + std::string(content);

  const std::string words = text("text").empty() ? ""
                                                 : "<p lang=\"" + escape_html(marks.language) + "\" dir=\"" +
                                                       escape_html(marks.direction) + "\">" + text("text") + "</p>\n";
  std::string lower(content);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; });
  const std::size_t html = behind_tag(lower, "html"), head = behind_tag(lower, "head"),
                    body = behind_tag(lower, "body");
  if (std::min({html, head, body}) == std::string_view::npos) {
    const std::string value = text("html-attribute");
    const std::string tag = "<div ai-disclosure=\"" + value + "\" data-ai-disclosure=\"" + value + "\">\n";
    if (value.empty() || content.starts_with(tag)) return words + std::string(content);
    return tag + words + std::string(content) + (content.ends_with('\n') ? "" : "\n") + "</div>\n";
  }
  std::string page(content), machine;
  if (!text("meta").empty()) machine = "<meta name=\"ai-disclosure\" content=\"" + text("meta") + "\">\n";
  if (const auto data = marks.values.find("json-ld"); data != marks.values.end()) {
    // Data of ours without `<`: the text of a script element is not escaped.
    const std::string script = "<script type=\"application/ld+json\">" + data->second + "</script>\n";
    if (content.find(script) == std::string_view::npos) machine += script;
  }
  const auto npos = std::string_view::npos;
  const std::size_t in_head = head != npos ? head : html != npos ? html : 0;
  if (!words.empty()) page.insert(body != npos ? body : in_head, '\n' + words);
  if (!machine.empty()) page.insert(in_head, '\n' + machine);
  return page;
}

Outcome mark(const Invocation& invocation) {
  if (invocation.has("verify")) return verify(invocation);
  Issues issues;
  for (const char* option : {"deployment", "situation"})
    if (!invocation.has(option))
      issues.push_back({"missing-option", std::string("--") + option, "`candor mark` needs this option", {}});
  if (!issues.empty()) return refuse(issues);
  auto law = embedded_law(issues);
  if (!law) return refuse(issues);
  const auto deployment = read_deployment_option(invocation, law->rulebook, issues);
  const auto document = read_document(invocation, "situation", issues);
  if (!deployment || !document) return refuse(issues);
  const std::size_t first = issues.size();
  auto lines = compiler::read_situation(*document, law->rulebook, *deployment, invocation.host.today(), issues);
  locate(invocation, "situation", issues, first);
  const auto bundle = lines ? compile_bundle(*law, *deployment, issues) : std::nullopt;
  if (!bundle) return refuse(issues);
  lines->push_back("op=mark");
  for (const char* option : {"model", "id"})
    if (invocation.has(option))
      lines->push_back(std::string("arg.") + option + '=' + as_line(invocation.option(option)));
  Engine engine;
  const auto answer = load(engine, *bundle, false, issues) ? ask(engine, *lines, issues) : std::nullopt;
  const auto envelope = answer ? compiler::read_json(*answer, {}, issues) : std::nullopt;
  if (!envelope) return refuse(issues);

  const Json& value = *envelope->find("value");
  Due due = due_in(value);
  for (const std::string& form : due.open)
    issues.push_back({"mark-unwritten", "/marks", "the form `" + form + "` is due and is not written here", {}});
  if (invocation.has("header")) {
    const std::string header = due.values["http-header"];
    return {0, header.empty() ? "" : "AI-Disclosure: " + header + '\n', lines_of(issues), {}};
  }
  const auto there = forms_in(engine, invocation.standard_input, issues);
  if (!there) return refuse(issues);
  // A page has one `meta`, and no need of two labels.
  for (const std::string& form : *there)
    if (form == "meta" || form == "text") due.values.erase(form);
  const MarkTexts texts{{due.values.begin(), due.values.end()}, text_at(value, "lang"), text_at(value, "dir")};
  return {0, mark_content(invocation.standard_input, texts), lines_of(issues), {}};
}

}  // namespace candor::tools
