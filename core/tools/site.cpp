#include "core/tools/site.h"

#include <cstdio>
#include <vector>

#include "core/tools/pack_text.h"

namespace candor::tools {
namespace {

using compiler::Json;

constexpr std::string_view placeholder = "@candor-data@";

std::string escape(std::string_view text) {
  std::string out;
  for (char c : text) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  return ' ' + std::string(name) + "=\"" + escape(value) + '"';
}

std::string text_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value ? value->string : std::string();
}

/// A notice in one language: what `lang`, `dir` and `text` of `words` say.
std::string paragraph(const Json& words) {
  const Json* text = words.find("text");
  if (!text) return {};
  const std::string title = text_of(*text, "title"), body = text_of(*text, "body");
  return "  <p" + attribute("lang", text_of(words, "lang")) + attribute("dir", text_of(words, "dir")) + "><strong>" +
         escape(title) + "</strong>" + (body.empty() ? "" : ' ' + escape(body)) + "</p>\n";
}

/// Consent is not asked without a script, since no gate opens without one; what waits for a question stays silent.
bool stands_without_script(const Json& notice) {
  const Json* armed = notice.find("armed");
  const std::string topic = text_of(notice, "topic");
  return !(armed && armed->boolean) && topic != "consent-prompt" && topic != "opt-out-status";
}

const std::vector<Json>& items(const Json& object, std::string_view key) {
  static const std::vector<Json> none;
  const Json* list = object.find(key);
  return list ? list->items : none;
}

bool asks_consent(const compiler::Deployment& deployment) { return !items(deployment.document, "purposes").empty(); }

}  // namespace

std::string ascii_literal(std::string_view text) {
  std::string out;
  const auto escape = [&](unsigned unit) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "\\u%04x", unit);
    out += digits;
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    if (lead < 0x80) {
      if (lead == '"' || lead == '\\') out += '\\';
      if (lead < 0x20) escape(lead);
      else out += static_cast<char>(lead);
      continue;
    }
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    unsigned point = lead & (0x3fu >> more);
    for (; more > 0 && i < text.size(); --more) point = point << 6 | (static_cast<unsigned char>(text[i++]) & 0x3f);
    if (point > 0xffff) escape(0xd800 + ((point - 0x10000) >> 10));
    escape(point > 0xffff ? 0xdc00 + (point & 0x3ff) : point);
  }
  return out;
}

std::optional<std::string> script_with_data(std::string_view name, std::string_view data) {
  std::string script(embedded(name));
  const std::size_t at = script.find(placeholder);
  if (at == std::string::npos) return std::nullopt;
  return script.replace(at, placeholder.size(), data);
}

std::optional<std::string> one_file(std::string_view bundle, const compiler::Deployment& deployment) {
  return script_with_data(asks_consent(deployment) ? "dist/js/one-consent.iife.js" : "dist/js/one.iife.js",
                          pack_literal(bundle));
}

std::optional<std::string> planned_file(Json envelope, const compiler::Deployment& deployment) {
  for (Json::Member& member : envelope.members)
    std::erase_if(member.value.members,
                  [](const Json::Member& each) { return each.key == "obligations" || each.key == "undetermined"; });
  return script_with_data(asks_consent(deployment) ? "dist/js/plan-consent.iife.js" : "dist/js/plan.iife.js",
                          ascii_literal(compiler::write_json(envelope, 0)));
}

std::optional<std::vector<std::pair<std::string, std::string>>> consent_parts(const compiler::Deployment& deployment) {
  std::vector<std::pair<std::string, std::string>> files;
  if (!asks_consent(deployment)) return files;
  for (const char* name :
       {"candor.cmp.js", "candor.embeds.js", "candor.gpp.js", "candor.guard.js", "candor.signals.js", "candor.tcf.js"})
    files.emplace_back(name, std::string(embedded(std::string("dist/") + name)));
  const Json* purposes = deployment.document.find("purposes");
  auto head = script_with_data("dist/candor.head.js", ascii_literal(compiler::write_json(*purposes, 0)));
  if (!head || files.front().second.empty()) return std::nullopt;
  files.emplace_back("candor.head.js", std::move(*head));
  return files;
}

std::string snippet_html(const Json& envelope, std::string_view channel, std::string_view script_integrity) {
  std::string notices, links;
  if (const Json* decision = envelope.find("value")) {
    for (const Json& notice : items(*decision, "notices")) {
      if (!stands_without_script(notice)) continue;
      notices += paragraph(notice);
      for (const Json& also : items(notice, "also")) notices += paragraph(also);
      for (const Json& verbatim : items(notice, "verbatim"))
        notices +=
            "  <p" + attribute("lang", text_of(verbatim, "lang")) + '>' + escape(text_of(verbatim, "text")) + "</p>\n";
    }
    for (const Json& link : items(*decision, "links"))
      if (const std::string url = text_of(link, "url"); !url.empty())
        links += "  <a" + attribute("href", url) + '>' + escape(text_of(link, "label")) + "</a>\n";
  }
  std::string html;
  if (!notices.empty() || !links.empty())
    html = "<div" + attribute("data-candor-static", channel) + ">\n" + notices + links + "</div>\n";
  return html + "<script src=\"candor.one.js\"" + attribute("data-channel", channel) +
         attribute("integrity", script_integrity) + " defer></script>\n";
}

}  // namespace candor::tools
