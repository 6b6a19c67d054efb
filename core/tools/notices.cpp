#include "core/tools/notices.h"

#include <algorithm>

#include "core/tools/report.h"

namespace candor::tools {

using compiler::items_at;
using compiler::Json;
using compiler::text_at;

namespace {

std::string attribute(std::string_view name, std::string_view value) {
  return value.empty() ? "" : ' ' + std::string(name) + "=\"" + escape_html(value) + '"';
}

bool stands_without_script(const Json& notice) {
  const Json* armed = notice.find("armed");
  const std::string topic = text_at(notice, "topic");
  return !(armed && armed->boolean) && topic != "consent-prompt" && topic != "opt-out-status";
}

bool is_in(const Json& notice, std::string_view slot) {
  const std::vector<Json>& slots = items_at(notice, "slots");
  return slot.empty() || std::any_of(slots.begin(), slots.end(), [&](const Json& each) { return each.string == slot; });
}

/// A notice in one language: what `lang`, `dir` and `text` of `json` say.
void add_words(const Json& json, std::vector<Words>& words) {
  if (const Json* text = json.find("text"))
    words.push_back({text_at(json, "lang"), text_at(json, "dir"), text_at(*text, "title"), text_at(*text, "body"), {}});
}

std::string plain(const Words& words) {
  std::string text = words.title;
  if (!words.title.empty() && !words.body.empty()) text += ' ';
  text += words.body;
  return text + (words.url.empty() ? "" : ": " + words.url) + '\n';
}

}  // namespace

std::vector<Words> notices_in(const Json& decision, std::string_view slot) {
  std::vector<Words> words;
  for (const Json& notice : items_at(decision, "notices")) {
    if (!stands_without_script(notice) || !is_in(notice, slot)) continue;
    add_words(notice, words);
    for (const Json& also : items_at(notice, "also")) add_words(also, words);
    for (const Json& verbatim : items_at(notice, "verbatim"))
      words.push_back({text_at(verbatim, "lang"), {}, {}, text_at(verbatim, "text"), {}});
  }
  return words;
}

std::vector<Words> links_in(const Json& decision) {
  std::vector<Words> words;
  const Json* consent = decision.find("consent");
  const Json none;
  const Json& labels = consent ? *consent : none;
  for (const Json& link : items_at(decision, "links"))
    if (!text_at(link, "url").empty())
      words.push_back(
          {text_at(labels, "lang"), text_at(labels, "dir"), {}, text_at(link, "label"), text_at(link, "url")});
  return words;
}

std::string paragraph(const Words& words) {
  std::string text;
  if (!words.title.empty()) text = "<strong>" + escape_html(words.title) + "</strong>";
  if (!words.title.empty() && !words.body.empty()) text += ' ';
  if (words.url.empty()) text += escape_html(words.body);
  else text += "<a" + attribute("href", words.url) + '>' + escape_html(words.body) + "</a>";
  return "<p" + attribute("lang", words.language) + attribute("dir", words.direction) + '>' + text + "</p>\n";
}

std::vector<std::string> slots_of(std::string_view type) {
  if (type == "email") return {"email-top", "email-signature"};
  if (type == "contract") return {"contract-clause"};
  if (type == "document") return {"document-top"};
  if (type == "support-portal") return {"ticket"};
  return {};
}

std::string as_html(const std::vector<Words>& words) {
  std::string html;
  for (const Words& each : words) html += paragraph(each);
  return html;
}

std::string as_text(const std::vector<Words>& words) {
  std::string text;
  for (const Words& each : words) text += (text.empty() ? "" : "\n") + plain(each);
  return text;
}

}  // namespace candor::tools
