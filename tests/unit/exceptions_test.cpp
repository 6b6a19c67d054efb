/// @file Exceptions with an owner: facts that only lift duties, and waivers. Each question is put compiled in and
/// handed over, which must answer alike.
#include <gtest/gtest.h>

#include "core/compiler/reader.h"
#include "tests/corpus/corpus.h"
#include "tests/unit/same_text.h"

namespace candor::corpus {
namespace {

using compiler::Json;

Json read(std::string_view text) {
  compiler::Issues issues;
  auto json = compiler::read_json(text, {}, issues);
  EXPECT_TRUE(json) << text.substr(0, 400);
  return json.value_or(Json());
}

std::string write(const Json& value) { return compiler::write_json(value, 0); }

class Exceptions : public testing::Test {
 protected:
  Exceptions() : handed_over_(loaded(shipped_packs())) {}

  /// The decision in Germany of a chat whose deployment has `more` beside its assistant.
  Json decide(const std::string& more, const std::string& lines = {}, const std::string& day = "2026-11-20") {
    const Json document = read(
        R"({"operator": {"name": "Acme"}, "assistants": {"helper": {"name": "Ada", "facts": {"aiUse": ["converse"]}}},
            "channels": {"chat": {"type": "chat-widget", "assistant": "helper"}, "app": {"type": "app", "assistant": "helper"}},
            "links": {"report": {"url": "https://acme.example/report"}, "privacy": {"url": "https://acme.example/privacy"}}, "platforms": ["jexi"])" +
        (more.empty() ? "" : ", " + more) + "}");
    const std::string explain = "op=explain\n", situation = "at=" + day + "\nplace=DE\nchannel=chat\n" + lines;
    compiler::Issues issues;
    const auto deployment = deployment_of(document, issues);
    const std::string answer = handed_over_.call(explain + situation + deployment_lines(document));
    EXPECT_TRUE(deployment) << (issues.empty() ? "" : issues[0].path + issues[0].message);
    if (deployment) {
      Engine whole = loaded({whole_bundle(*deployment)}), sliced = loaded({sliced_bundle(*deployment)});
      EXPECT_TRUE(same_text(whole.call(explain + situation), answer));
      // A trace holds the rules that the slice has left out.
      EXPECT_TRUE(same_text(whole.call("op=decide\n" + situation), sliced.call("op=decide\n" + situation)));
    }
    return read(answer);
  }

  /// What a chat that hands its deployment over is refused with.
  std::string refusal(const std::string& lines) {
    return handed_over_.call(
        "op=decide\nat=2026-11-20\nchannel=chat\ndeployment.operator.name=Acme\ndeployment.channels.chat.type=chat-"
        "widget\n" +
        lines);
  }

  static std::string value(const Json& envelope, std::string_view key) {
    const Json* decision = envelope.find("value");
    const Json* found = decision ? decision->find(key) : nullptr;
    EXPECT_TRUE(found) << key << " is missing";
    return found ? write(*found) : std::string();
  }
  static std::string claims(const Json& envelope) { return value(envelope, "claims"); }
  static std::string warnings(const Json& envelope) {
    std::string text;
    for (const Json& warning : envelope.find("warnings")->items)
      if (warning.find("code")->string != "link-missing")
        text += warning.find("code")->string + ' ' + warning.find("path")->string + '\n';
    return text;
  }
  static bool owes(const Json& envelope, const std::string& rule) {
    return value(envelope, "obligations").find("\"rule\":\"" + rule + '"') != std::string::npos;
  }
  static std::string outcome(const Json& envelope, std::string_view rule) {
    for (const Json& row : envelope.find("value")->find("trace")->items)
      if (row.find("rule")->string == rule) return row.find("outcome")->string;
    return {};
  }

 private:
  Engine handed_over_;
};

constexpr const char* notice = "eu-ai-act-50-1";
constexpr const char* obvious_claim =
    R"("claims": [{"fact": "obviousAi", "value": true, "channel": "chat", "reason": "A robot speaks.", "owner": "M. Beck", "date": "2026-11-01", "until": "2026-12-31"}])";

// --- facts that lift
// ---------------------------------------------------------------------------------------------------

TEST_F(Exceptions, AreTakenFromTheSituationOutsideOfAPage) {
  const Json decision = decide("", "fact.obviousAi=true\n");
  EXPECT_FALSE(owes(decision, notice));
  EXPECT_EQ(
      claims(decision),
      R"([{"fact":"obviousAi","by":"situation","owner":null,"reason":null,"until":null,"lifted":["eu-ai-act-50-1","eu-ai-act-50-5","jexi-ai-transparency"]}])");
  EXPECT_EQ(warnings(decision), "");
}

TEST_F(Exceptions, OfWhichNoneIsStatedAreNone) {
  const Json decision = decide("", "fact.askedIfAi=true\nhost=page\n");
  EXPECT_TRUE(owes(decision, notice));
  EXPECT_EQ(claims(decision), "[]");
  EXPECT_EQ(value(decision, "waivers"), "[]");
}

TEST_F(Exceptions, OfAPageCountForNothingUnlessVouchedFor) {
  const Json dropped = decide("", "fact.obviousAi=true\nhost=page\n");
  EXPECT_TRUE(owes(dropped, notice));
  EXPECT_EQ(claims(dropped), "[]");
  EXPECT_EQ(warnings(dropped), "claim-not-vouched /facts/obviousAi\n");

  const Json vouched = decide(R"("vouch": ["obviousAi"])", "fact.obviousAi=true\nfact.answeredBy=human\nhost=page\n");
  EXPECT_FALSE(owes(vouched, notice));
  EXPECT_NE(claims(vouched).find(R"("fact":"obviousAi","by":"situation")"), std::string::npos);
  EXPECT_EQ(warnings(vouched), "claim-not-vouched /facts/answeredBy\n");
}

TEST_F(Exceptions, ClaimedByTheDeploymentCountWhoeverAsks) {
  for (const char* host : {"", "host=page\n"}) {
    const Json decision = decide(obvious_claim, host);
    EXPECT_FALSE(owes(decision, notice));
    EXPECT_EQ(
        claims(decision),
        R"([{"fact":"obviousAi","by":"deployment","owner":"M. Beck","reason":"A robot speaks.","until":"2026-12-31","lifted":["eu-ai-act-50-1","eu-ai-act-50-5","jexi-ai-transparency"]}])");
    EXPECT_EQ(value(decision, "validUntil"), "\"2026-12-02\"");
  }
  EXPECT_EQ(warnings(decide(obvious_claim, "fact.obviousAi=true\nhost=page\n")), "") << "it is claimed";
  const Json other = decide(obvious_claim, "fact.obviousAi=false\nhost=page\n");
  EXPECT_EQ(warnings(other), "claim-not-vouched /facts/obviousAi\n") << "something else is claimed";
  EXPECT_FALSE(owes(other, notice));
}

TEST_F(Exceptions, ClaimedByTheDeploymentGiveWayToATrustedSituation) {
  const Json decision = decide(obvious_claim, "fact.obviousAi=false\n");
  EXPECT_TRUE(owes(decision, notice));
  EXPECT_NE(claims(decision).find(R"("by":"deployment")"), std::string::npos);
  EXPECT_EQ(claims(decision).find(R"("lifted":["e)"), std::string::npos) << claims(decision);
}

TEST_F(Exceptions, ClaimedByTheDeploymentHoldForTheirChannelAndTheirDays) {
  const Json early = decide(obvious_claim, "", "2026-10-31"), first = decide(obvious_claim, "", "2026-11-01"),
             last = decide(obvious_claim, "", "2026-12-31"), late = decide(obvious_claim, "", "2027-01-01");
  EXPECT_TRUE(owes(early, notice));
  EXPECT_EQ(value(early, "validUntil"), "\"2026-11-01\"");
  EXPECT_EQ(claims(early), "[]");
  EXPECT_FALSE(owes(first, notice));
  EXPECT_FALSE(owes(last, notice));
  EXPECT_EQ(value(last, "validUntil"), "\"2027-01-01\"");
  EXPECT_TRUE(owes(late, notice));

  const std::string elsewhere =
      R"("claims": [{"fact": "obviousAi", "value": true, "channel": "app", "reason": "r", "owner": "o", "date": "2026-11-01"}])";
  const Json other = decide(elsewhere);
  EXPECT_TRUE(owes(other, notice));
  EXPECT_EQ(claims(other), "[]");
  const Json everywhere =
      decide(R"("claims": [{"fact": "obviousAi", "value": true, "reason": "r", "owner": "o", "date": "2026-11-01"}])");
  EXPECT_FALSE(owes(everywhere, notice));
}

TEST_F(Exceptions, ThatLiftNothingAreListedAllTheSame) {
  const Json decision = decide(
      R"("claims": [{"fact": "shortOutput", "value": false, "reason": "r", "owner": "o", "date": "2026-11-01"}])");
  EXPECT_EQ(claims(decision),
            R"([{"fact":"shortOutput","by":"deployment","owner":"o","reason":"r","until":null,"lifted":[]}])");
}

TEST_F(Exceptions, WrittenAmongTheFactsOfTheDeploymentAreListedWithoutAnOwner) {
  const Json decision = decide(R"("vouch": [])", "host=page\nfact.aiUse=converse\n");
  EXPECT_EQ(claims(decision), "[]");
  const Json stated =
      read(loaded(shipped_packs())
               .call("op=decide\nat=2026-11-20\nplace=DE\nchannel=chat\nhost=page\n"
                     "deployment.operator.name=Acme\ndeployment.operator.facts.obviousAi=true\n"
                     "deployment.channels.chat.type=chat-widget\ndeployment.channels.chat.assistant=a\n"
                     "deployment.assistants.a.name=Ada\ndeployment.links.privacy.url=https://acme.example/\n"));
  EXPECT_EQ(
      claims(stated),
      R"([{"fact":"obviousAi","by":"deployment","owner":null,"reason":null,"until":null,"lifted":["eu-ai-act-50-1","eu-ai-act-50-5"]}])");
  EXPECT_EQ(warnings(stated), "");
}

TEST_F(Exceptions, OfADeploymentAreRefusedWhereTheyAreNone) {
  const auto claim = [](const std::string& fact, const std::string& value) {
    return "deployment.claims.0.value=" + value + "\ndeployment.claims.0.fact=" + fact +
           "\ndeployment.claims.0.reason=r\ndeployment.claims.0.owner=o\ndeployment.claims.0.date=2026-11-01\n";
  };
  const std::pair<std::string, const char*> refused[] = {{claim("sector", "retail"), "not-lifting"},
                                                         {claim("nonsense", "true"), "unknown-fact"},
                                                         {claim("obviousAi", "maybe"), "unknown-value"},
                                                         {"deployment.claims.0.value=true\n", "missing-key"},
                                                         {"deployment.vouch.0=nonsense\n", "unknown-fact"},
                                                         {"deployment.waivers.0.until=2026-02-30\n", "bad-date"},
                                                         {"deployment.waivers.0.rule=jexi-ai-report\n", "missing-key"},
                                                         {"deployment.waivers.0.nonsense=x\n", "unknown-key"},
                                                         {"deployment.waivers.x.rule=x\n", "unknown-key"},
                                                         {"deployment.claims=x\n", "unknown-key"},
                                                         {"host=somewhere\n", "unknown-value"}};
  for (const auto& [lines, code] : refused)
    EXPECT_NE(refusal(lines).find(std::string("\"code\":\"") + code), std::string::npos) << lines << refusal(lines);
  EXPECT_TRUE(refusal(claim("obviousAi", "true")).starts_with(R"({"type":"success")"));
}

// --- waivers
// -----------------------------------------------------------------------------------------------------------

std::string waiver(const std::string& rule, const std::string& until = "2026-12-24") {
  return R"("waivers": [{"rule": ")" + rule +
         R"(", "reason": "A trial.", "owner": "M. Beck", "date": "2026-11-10", "until": ")" + until + "\"}]";
}

TEST_F(Exceptions, WaiveARuleOfAPlatform) {
  const Json decision = decide(waiver("jexi-ai-report"));
  EXPECT_FALSE(owes(decision, "jexi-ai-report"));
  EXPECT_TRUE(owes(decision, "jexi-ai-transparency"));
  EXPECT_EQ(outcome(decision, "jexi-ai-report"), "waived");
  EXPECT_EQ(value(decision, "waivers"),
            R"([{"rule":"jexi-ai-report","owner":"M. Beck","reason":"A trial.","until":"2026-12-24"}])");
  EXPECT_EQ(warnings(decision), "");
}

TEST_F(Exceptions, WaiveForTheirDaysAlone) {
  const std::string more = waiver("jexi-ai-report");
  const Json early = decide(more, "", "2026-11-09"), last = decide(more, "", "2026-12-24"),
             late = decide(more, "", "2026-12-25");
  EXPECT_TRUE(owes(early, "jexi-ai-report"));
  EXPECT_EQ(value(early, "validUntil"), "\"2026-11-10\"");
  EXPECT_EQ(value(early, "waivers"), "[]");
  EXPECT_FALSE(owes(last, "jexi-ai-report"));
  EXPECT_EQ(value(last, "validUntil"), "\"2026-12-25\"");
  EXPECT_TRUE(owes(late, "jexi-ai-report"));
  EXPECT_EQ(warnings(late), "waiver-ignored /deployment/waivers/0\n");
}

TEST_F(Exceptions, WaiveNothingThatWouldNotBeDue) {
  const Json decision = decide(waiver("hex-aup-2i"));
  EXPECT_EQ(value(decision, "waivers"), "[]");
  EXPECT_EQ(warnings(decision), "");
  EXPECT_EQ(value(decide(waiver("hex-aup-2i"), "", "2026-11-01"), "validUntil"), "\"2026-12-02\"");
}

TEST_F(Exceptions, WaiveLawThatOnlyLitigationIsToBeFearedFrom) {
  const Json decision =
      decide(waiver("us-ca-cipa-631"), "place=US-CA\nfact.recorded=true\nfact.thirdPartyChatVendor=true\n");
  std::string without = value(decision, "waivers");
  EXPECT_NE(without.find("us-ca-cipa-631"), std::string::npos) << without;
}

TEST_F(Exceptions, NeverWaiveOtherLaw) {
  compiler::Issues issues;
  EXPECT_FALSE(deployment_of(
      read(R"({"operator": {"name": "A"}, "channels": {"c": {"type": "email"}}, )" + waiver(notice) + "}"), issues));
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].code + ' ' + issues[0].path, "not-waivable /waivers/0/rule");

  const Json decision = read(loaded(shipped_packs())
                                 .call("op=decide\nat=2026-11-20\nplace=DE\nchannel=chat\n"
                                       "deployment.operator.name=Acme\ndeployment.channels.chat.type=chat-widget\n"
                                       "deployment.channels.chat.assistant=a\ndeployment.assistants.a.name=Ada\n"
                                       "deployment.waivers.3.rule=eu-ai-act-50-1\ndeployment.waivers.3.reason=r\n"
                                       "deployment.links.privacy.url=https://acme.example/"
                                       "\ndeployment.waivers.3.owner=o\ndeployment.waivers.3.date=2026-11-01\n"
                                       "deployment.waivers.3.until=2027-11-01\n"));
  EXPECT_TRUE(owes(decision, notice));
  EXPECT_EQ(value(decision, "waivers"), "[]");
  EXPECT_EQ(warnings(decision), "waiver-ignored /deployment/waivers/3\n");
}

// --- the next reminder
// -------------------------------------------------------------------------------------------------

TEST_F(Exceptions, AsideTheNextReminderIsAnIntervalAway) {
  Engine engine = loaded(shipped_packs());
  const auto next_check = [&](const std::string& now, const std::string& place = "US-NY") {
    return value(read(engine.call("op=decide\nat=2026-11-20\nchannel=app\nfact.companion=true\nfact.knownMinor=true\n" +
                                  now + "place=" + place + "\n")),
                 "nextCheck");
  };
  EXPECT_EQ(next_check(""), "null");
  EXPECT_EQ(next_check("now=2026-11-20T09:15:30Z\n"), "\"2026-11-20T12:15:30Z\"");
  EXPECT_EQ(next_check("now=2026-12-31T22:30:00.125-08:00\n", "US-CA"), "\"2027-01-01T01:30:00.125-08:00\"");
  // Once per day: the first minute of the next day comes before three hours are over.
  EXPECT_EQ(next_check("now=2026-11-20T22:15:30-05:00\n"), "\"2026-11-21T00:00:30-05:00\"");
  EXPECT_EQ(value(read(engine.call("op=decide\nat=2026-11-20\nplace=JP\nchannel=email\nnow=2026-11-20T09:15:30Z\n")),
                  "nextCheck"),
            "null");
}

}  // namespace
}  // namespace candor::corpus
