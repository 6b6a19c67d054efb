#pragma once
/// @file The smallest source files that make a rulebook, and what tests do to them.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/compiler/codes.h"
#include "core/compiler/rulebook.h"

namespace candor::compiler {

/// A rulebook of two laws, a platform's policy and the baseline, without a fault.
inline SourceFiles rule_files() {
  return {
      {"vocabulary.json", R"json({
        "date": "2026-11-20", "channelTypes": ["website", "chat-widget", "email"], "purposeKinds": ["necessary",
          "statistics", "advertising"],
        "timings": ["on-request", "at-first-interaction", "before-first-message"], "prominences": ["plain",
          "prominent"],
        "repeats": ["continuous", "per-session", "PT3H"], "slots": ["page-banner", "chat-header", "email-top"],
        "statements": ["is-ai", "not-human", "ai-made", "may-err"], "offers": ["human-agent", "report"],
          "links": ["privacy", "report"],
        "actions": ["accept-all", "reject-all"], "marks": ["visible-label"], "forms": ["text", "meta"],
        "blockActions": ["refund", "dns-change", "use"], "recordEvents": ["shown", "chosen"],
          "blocks": ["approval-needed", "prohibited"],
        "records": ["shown"] })json"},
      {"facts.json", R"json({ "facts": [
        { "name": "channel", "kind": "choice", "values": ["website", "chat-widget", "email"], "derived": true,
          "doc": "The channel." },
        { "name": "assistant", "kind": "flag", "derived": true, "doc": "The channel names an assistant." },
        { "name": "purposes", "kind": "set", "values": ["declared", "sells", "shares", "ads"], "derived": true,
          "doc": "The purposes." },
        { "name": "platforms", "kind": "set", "values": ["jexi"], "derived": true, "doc": "The platforms." },
        { "name": "sector", "group": "Who", "kind": "choice", "values": ["none", "retail", "health"],
          "doc": "The sector.", "presume": "retail" },
        { "name": "aiUse", "kind": "set", "values": ["converse", "act"], "doc": "What the AI does.", "presume": [
          { "when": { "assistant": true }, "value": ["converse"] }, { "value": [] } ] },
        { "name": "obviousAi", "kind": "flag", "lifts": true, "doc": "Obvious.", "presume": false },
        { "name": "employees", "kind": "count", "doc": "People employed.", "presume": 25 },
        { "name": "age", "kind": "count", "doc": "Years.", "presume": "silent" },
        { "name": "placedOnMarket", "kind": "date", "doc": "The day of the system.", "presume": "ask" },
        { "name": "contentType", "kind": "set", "values": ["text", "image"], "doc": "What comes out.",
          "presume": "none" },
        { "name": "sensitiveAction", "kind": "set", "values": ["refund", "dns-change"],
          "doc": "What the AI is about to do.", "presume": [] },
        { "name": "approvedBy", "kind": "choice", "values": ["nobody", "qualified-person"], "doc": "Who approved.",
          "presume": "nobody" } ] })json"},
      {"places.json", R"json({ "places": [
        { "code": "US-CA", "name": "California", "in": ["US"] }, { "code": "*", "name": "Unknown place" },
        { "code": "DE", "name": "Germany", "in": ["EU"] },
        { "code": "EU", "name": "European Union", "in": ["EEA"] }, { "code": "EEA", "name": "European Economic Area" },
        { "code": "US", "name": "United States" }, { "code": "PR", "name": "Puerto Rico" },
        { "code": "GB", "name": "United Kingdom" } ],
        "aliases": { "US-PR": "PR" }, "refused": { "UK": "GB" } })json"},
      {"topics.json", R"json({ "topics": [
        { "id": "ai-interaction", "covers": ["is-ai"], "slots": { "chat-widget": ["chat-header"],
          "email": ["email-top"], "*": ["page-banner"] } },
        { "id": "ai-content", "covers": ["ai-made"], "slots": { "*": ["page-banner"] } },
        { "id": "opt-out-status", "covers": [], "slots": {} } ] })json"},
      {"law/eu/ai-act.json",
       R"json({ "law": "Regulation (EU) 2024/1689", "url": "https://eur-lex.example/", "checked": "2026-11-20",
         "confidence": "high",
        "rules": [
          { "id": "eu-ai-act-50-5", "title": "Clear and accessible", "in": [ { "place": "EU", "from": "2026-08-02",
            "article": "50(5)", "source": "eu-2024-1689/50-5" } ],
            "severity": "mandatory", "binds": "provider", "modifies": ["eu-ai-act-50-1"],
            "duties": [ { "duty": "disclose", "topic": "ai-interaction", "prominence": "prominent" } ] },
          { "id": "eu-ai-act-50-1", "title": "Say that it is an AI system", "note": "Read.",
            "in": [ { "place": "EU", "from": "2026-08-02", "grace": "2026-12-02", "article": "50(1)",
              "source": "eu-2024-1689/50-1" } ],
            "layer": "law", "severity": "mandatory", "binds": "provider", "reach": ["establishment"],
            "when": { "all": [ { "aiUse": ["converse"] }, { "not": { "obviousAi": true } } ] },
            "duties": [ { "duty": "disclose", "topic": "ai-interaction", "says": ["is-ai"],
              "timing": "before-first-message", "repeat": ["per-session"],
              "prominence": "prominent", "dismissible": false, "actions": ["report", "privacy", "reject-all"],
                "languages": ["de"],
              "channels": { "email": { "slots": ["email-top"], "timing": "at-first-interaction", "repeat": ["PT3H"],
                "prominence": "plain" } } } ] } ] })json"},
      {"law/us-ca/ccpa.json",
       R"json({ "law": "CCPA", "url": "https://oag.example/", "checked": "2026-11-20", "confidence": "high",
        "verbatim": [ { "id": "ca-do-not-sell", "lang": "en",
          "text": "Do Not Sell or Share My Personal Information" } ],
        "rules": [
          { "id": "us-ca-ccpa", "title": "Opt out of sale", "in": [ { "place": "US-CA", "from": "2020-01-01",
            "until": "2030-12-31", "article": "1798.120", "source": "us-ca-ccpa/1798.120" } ],
            "severity": "mandatory", "binds": "controller", "when": { "employees": { "atLeast": 25 } },
            "duties": [
              { "duty": "consent", "rows": [ { "kind": ["advertising"], "sells": true, "model": "opt-out",
                "gpc": "honour" }, { "kind": "*", "model": "notice" } ],
                "refusalFloor": "P12M", "grantCap": "P13M", "equalChoice": true, "gpcStatus": true },
              { "duty": "link", "link": "privacy", "title": "ca-do-not-sell", "within": { "businessDays": 15 },
                "lead": "P30D" },
              { "duty": "disclose", "topic": "opt-out-status", "says": [], "timing": "at-first-interaction",
                "severity": "advisory" } ] } ] })json"},
      {"platform/jexi.json",
       R"json({ "law": "Jexi AI Use Policy", "url": "https://jexi.example/", "checked": "2026-11-20",
         "confidence": "high",
        "rules": [
          { "id": "jexi-ai-approval", "title": "Sensitive actions wait", "in": [ { "place": "*", "from": "2026-05-21",
            "article": "Human oversight", "source": "jexi/approval" } ],
            "severity": "block", "binds": "operator", "when": { "all": [ { "platforms": "jexi" },
              { "not": { "sensitiveAction": "none" } } ] },
            "duties": [
              { "duty": "block", "block": "approval-needed", "actionsOf": "sensitiveAction",
                "until": "approvedBy=qualified-person" },
              { "duty": "record", "record": "shown", "events": ["shown", "chosen"], "keep": "P2Y" } ] } ] })json"},
      {"unknown.json",
       R"json({ "law": "Candor's baseline", "url": "https://candor.example/", "checked": "2026-11-20",
         "confidence": "high",
        "rules": [
          { "id": "candor-marks", "title": "Marks are on", "in": [ { "place": "*", "from": "1970-01-01",
            "article": "marks", "source": "candor-baseline/marks" } ],
            "severity": "mandatory", "binds": "operator",
            "duties": [ { "duty": "mark", "mark": "visible-label", "contentType": ["text"], "forms": ["text",
              "meta"] }, { "duty": "offer", "offer": "report" } ] } ] })json"},
  };
}

/// `text` with one space where there are several, or line breaks.
inline std::string squeeze(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank) result += c;
    else if (!result.empty() && result.back() != ' ') result += ' ';
  }
  return result;
}

/// `files` with the one place where `file` says `from`, line breaks aside, saying `to`.
inline SourceFiles edit(SourceFiles files, const std::string& file, std::string_view from, std::string_view to) {
  std::string& text = files.at(file);
  text = squeeze(text);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << file << " does not say " << from;
  EXPECT_EQ(text.find(from, at + 1), std::string::npos) << file << " says twice " << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return files;
}

/// One line an issue: code, path and, behind an arrow, the fix. Every code must be in the catalogue.
inline std::string lines_of(const Issues& issues) {
  std::string lines;
  for (const Issue& issue : issues) {
    EXPECT_NE(find_code(issue.code), nullptr) << issue.code << " is not in codes.cpp";
    EXPECT_FALSE(issue.message.empty());
    lines += issue.code + ' ' + issue.path + (issue.fix.empty() ? "" : " -> " + issue.fix) + '\n';
  }
  return lines;
}

/// What reading `files` reports.
inline std::string reading(const SourceFiles& files) {
  Issues issues;
  const bool read = read_rulebook(files, issues).has_value();
  EXPECT_EQ(read, issues.empty());
  return lines_of(issues);
}

/// The rulebook of `files`, which must have no fault.
inline Rulebook read(const SourceFiles& files = rule_files()) {
  Issues issues;
  std::optional<Rulebook> rulebook = read_rulebook(files, issues);
  EXPECT_EQ(lines_of(issues), "");
  return rulebook.value_or(Rulebook());
}

}  // namespace candor::compiler
