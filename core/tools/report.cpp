#include "core/tools/report.h"

#include <algorithm>
#include <map>

namespace candor::tools {
namespace {

using compiler::items_at;
using compiler::Json;
using compiler::text_at;

constexpr std::string_view style = R"css(
:root{color-scheme:light dark;--line:#c5cad3;--soft:#f3f5f8;--quiet:#525b6b}
@media(prefers-color-scheme:dark){:root{--line:#4a5261;--soft:#1d222b;--quiet:#aab3c2}}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:80rem;padding:1rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}
h2{font-size:1.25rem;line-height:1.3;margin:2rem 0 .5rem}
p{margin:0 0 .75rem;max-width:48rem}
.contents{columns:16rem;padding-inline-start:1.25rem}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid var(--line);padding:.5rem .75rem;text-align:start;vertical-align:top}
thead th{background:var(--soft)}
tbody th{font-weight:400;width:22%}
th ul,td ul{list-style:none;margin:0;padding:0}
td li+li{margin-top:.5rem}
code{font-size:.875em;overflow-wrap:anywhere}
small{color:var(--quiet);display:block;overflow-wrap:anywhere}
b{font-weight:600}
@media(max-width:40rem){
table,thead,tbody,tr,th,td{display:block;width:auto}
thead{display:none}
tr{border:1px solid var(--line);border-radius:.5rem;margin-bottom:1rem}
tbody th,td{border:0;border-bottom:1px solid var(--line);width:auto}
tbody th{background:var(--soft)}
td:last-child{border-bottom:0}
td::before{color:var(--quiet);content:attr(data-channel);display:block;font-size:.875rem}
}
@media print{body{font-size:9pt;max-width:none;padding:0}tr{break-inside:avoid}a{color:inherit;text-decoration:none}
a[href^=http]::after{content:" <" attr(href) ">";font-size:.8em;overflow-wrap:anywhere}}
)css";

/// The ids of a list of the decision that `rule` asks for.
std::string asked_for(const Json& decision, std::string_view list, const std::string& rule) {
  std::string ids;
  for (const Json& item : items_at(decision, list)) {
    const std::vector<Json>& rules = items_at(item, "satisfies");
    if (std::any_of(rules.begin(), rules.end(), [&](const Json& each) { return each.string == rule; }))
      ids += ' ' + text_at(item, "id");
  }
  return ids;
}

/// `disclose ai-interaction, offer human-agent, link privacy terms`: what one rule asks for.
std::string duties_of(const Json& decision, const std::string& rule) {
  std::vector<std::string> duties;
  for (const Json& each : items_at(decision, "obligations")) {
    if (text_at(each, "rule") != rule) continue;
    std::string duty = text_at(each, "duty");
    if (duty == "disclose") duty += ' ' + text_at(each, "topic");
    else if (duty == "consent") duty += ' ' + text_at(*decision.find("consent"), "model");
    else duty += asked_for(decision, duty + 's', rule);
    if (std::find(duties.begin(), duties.end(), duty) == duties.end()) duties.push_back(duty);
  }
  std::string text;
  for (const std::string& duty : duties) text += (text.empty() ? "" : ", ") + duty;
  return text;
}

std::string source_of(const Json& obligation) {
  const Json* source = obligation.find("source");
  if (!source) return {};
  const std::string &article = text_at(*source, "article"), &url = text_at(*source, "url"),
                    &law = text_at(*source, "law");
  const std::string label = escape_html(article.empty() ? text_at(*source, "id") : law + ", " + article);
  return url.starts_with("http") ? "<a href=\"" + escape_html(url) + "\">" + label + "</a>" : label;
}

/// What is due in one place and channel, without the place.
std::string cell(const Row& row, const std::string& stale) {
  const std::vector<Json>& obligations = items_at(row.decision, "obligations");
  std::string html, last;
  for (const Json& each : obligations) {
    const std::string& rule = text_at(each, "rule");
    if (rule == last) continue;
    last = rule;
    html += "<li><b>" + escape_html(duties_of(row.decision, rule)) + "</b> <code>" + escape_html(rule) +
            "</code><small>" + source_of(each) + " · " + escape_html(text_at(each, "severity")) + " · " +
            escape_html(text_at(each, "certainty"));
    if (const std::string& status = text_at(each, "status"); status != "in-force") html += " · " + escape_html(status);
    if (each.find("enforcement")) html += " · enforcement stayed";
    html += "</small></li>";
  }
  if (html.empty()) html = "<li>Nothing is due. <small>" + escape_html(reason(row)) + "</small></li>";
  std::string open;
  for (const Json& each : items_at(row.decision, "undetermined"))
    open += (open.empty() ? "" : ", ") + text_at(each, "rule");
  if (!open.empty()) html += "<li><small>Open questions: " + escape_html(open) + "</small></li>";
  const std::string& until = text_at(row.decision, "validUntil");
  if (!until.empty() && until != stale) html += "<li><small>Changes on " + escape_html(until) + "</small></li>";
  return "<td data-channel=\"" + escape_html(row.channel) + "\"><ul>" + html + "</ul></td>";
}

}  // namespace

std::string escape_html(std::string_view text) {
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

std::string reason(const Row& row) {
  if (!items_at(row.decision, "obligations").empty()) return {};
  const std::string& day = text_at(row.decision, "at");
  std::string looked_at;
  for (const Json& trace : items_at(row.decision, "trace")) {
    std::string because;
    for (const Json& fact : items_at(trace, "because")) because += (because.empty() ? "" : ", ") + fact.string;
    looked_at += (looked_at.empty() ? "" : "; ") + text_at(trace, "rule") + ": " + text_at(trace, "outcome") +
                 (because.empty() ? "" : " (" + because + ")");
  }
  if (looked_at.empty()) return "This rulebook has no rule for " + row.name + " on " + day + ".";
  return "No rule applies on " + day + ". " + looked_at + ".";
}

std::string report_html(const std::string& operator_name, const std::string& day, const std::string& rules,
                        const std::string& stale, const std::vector<Row>& rows) {
  // By what stands in a row: the places that share it, in order of appearance; where nothing is due, at the end.
  std::vector<std::pair<std::string, std::vector<std::string>>> merged;
  std::map<std::string, std::size_t> known;
  std::vector<std::string> channels;
  for (std::size_t i = 0; i < rows.size();) {
    const std::string& place = rows[i].place;
    const std::string name = rows[i].name + (place == "*" ? "" : " (" + place + ")");
    std::string cells;
    channels.clear();
    for (; i < rows.size() && rows[i].place == place; ++i) {
      channels.push_back(rows[i].channel);
      cells += cell(rows[i], stale);
    }
    // The same but for the name of the place, which only the reason says.
    std::string shape = cells;
    for (std::size_t at; (at = shape.find("for " + escape_html(rows[i - 1].name) + " on")) != std::string::npos;)
      shape.replace(at, 4 + escape_html(rows[i - 1].name).size(), "here");
    const auto [found, added] = known.emplace(shape, merged.size());
    if (added) merged.push_back({cells, {}});
    merged[found->second].second.push_back(name);
    if (merged[found->second].second.size() == 2) merged[found->second].first = shape;
  }
  std::stable_partition(merged.begin(), merged.end(),
                        [](const auto& one) { return one.first.find("<b>") != std::string::npos; });
  std::string head, body;
  for (const std::string& channel : channels) head += "<th scope=\"col\">" + escape_html(channel) + "</th>";
  for (const auto& [cells, places] : merged) {
    body += "<tr><th scope=\"row\"><ul>";
    for (const std::string& place : places) body += "<li>" + escape_html(place) + "</li>";
    body += "</ul></th>" + cells + "</tr>\n";
  }
  return html_page("What " + operator_name + " must show, " + day,
                   "<p>Duties, with their sources, for every place and channel. Rules of " + escape_html(rules) +
                       ". Open questions are named; what is unknown is assumed to ask for more. This is no legal "
                       "advice.</p>\n<table><thead><tr><th scope=\"col\">Place</th>" +
                       head + "</tr></thead>\n<tbody>\n" + body + "</tbody></table>\n");
}

std::string html_page(std::string_view title, const std::string& body) {
  return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>" +
         escape_html(title) + "</title>\n<style>" + std::string(style) + "</style></head>\n<body>\n<h1>" +
         escape_html(title) + "</h1>\n" + body + "</body></html>\n";
}

}  // namespace candor::tools
