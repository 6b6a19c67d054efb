/// @file Requests that nobody should send: each gets an error with a code and a path, and the next one works.
#include <gtest/gtest.h>

#include <random>

#include "core/compiler/reader.h"
#include "tests/corpus/corpus.h"
#include "tests/unit/same_text.h"

namespace candor::corpus {
namespace {

using compiler::Json;

constexpr const char* deployment =
    "deployment.operator.name=Acme\ndeployment.assistants.helper.name=Ada\ndeployment.channels.chat.type=chat-widget\n"
    "deployment.channels.chat.assistant=helper\ndeployment.purposes.0.id=ads\ndeployment.purposes.0.kind=advertising\n";

class Requests : public testing::Test {
 protected:
  Requests() : engine(loaded(shipped_packs())), good(engine.call(request("place=DE\n"))) {
    EXPECT_TRUE(good.starts_with(R"({"type":"success")")) << good;
  }

  static std::string request(const std::string& more) {
    return "op=decide\nat=2026-11-20\nchannel=chat\n" + (deployment + more);
  }

  /// The answer, which must be the JSON envelope; and the engine must answer a good request as before.
  Json ask(std::string_view lines) {
    const std::string answer = engine.call(lines);
    compiler::Issues issues;
    auto envelope = compiler::read_json(answer, {}, issues);
    EXPECT_TRUE(envelope) << answer.substr(0, 400);
    EXPECT_TRUE(same_text(good, engine.call(request("place=DE\n"))));
    return envelope.value_or(Json());
  }

  /// `code path` of each error; empty for a success.
  std::string errors(std::string_view lines) {
    const Json envelope = ask(lines);
    const Json* list = envelope.find("errors");
    std::string text;
    for (const Json& error : list ? list->items : std::vector<Json>()) {
      for (const char* key : {"code", "path", "message", "fix"}) EXPECT_TRUE(error.find(key)) << key;
      EXPECT_FALSE(error.find("message")->string.empty());
      text += (text.empty() ? "" : ", ") + error.find("code")->string + ' ' + error.find("path")->string;
    }
    EXPECT_EQ(text.empty(), envelope.find("type") && envelope.find("type")->string == "success");
    return text;
  }

  std::string errors_with(const std::string& line) { return errors(request(line + "\n")); }

  Engine engine;
  std::string good;
};

// --- bytes -----------------------------------------------------------------------------------------------------------

TEST_F(Requests, HoldNoControlCharacter) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool control = (byte < 0x20 && byte != '\n') || byte >= 0x7f;  // and a byte above is no UTF-8 by itself
    if (!control) continue;
    EXPECT_EQ(errors_with("fact.sector=re" + std::string(1, static_cast<char>(byte)) + "tail"), "bad-utf8 ") << byte;
    EXPECT_EQ(errors_with("place" + std::string(1, static_cast<char>(byte)) + "=DE"), "bad-utf8 ") << byte;
  }
  for (int second = 0x80; second < 0xa0; ++second)  // C1 controls
    EXPECT_EQ(errors_with(std::string("arg.action=\xc2") + static_cast<char>(second)), "bad-utf8 ") << second;
}

TEST_F(Requests, AreUtf8) {
  for (const char* text :
       {"\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",  // overlong
        "\xed\xa0\x80", "\xed\xbf\xbf",                                                                  // surrogates
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff\xff\xff\xff",                                  // beyond Unicode
        "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\xc3(", "\xe2(\xac", "\xf0(\x8c\xbc", "\x80", "\xbf"})  // cut
    EXPECT_EQ(errors_with(std::string("arg.action=") + text), "bad-utf8 ") << text;
  EXPECT_EQ(errors(request("arg.action=") + "\xe2\x82"), "bad-utf8 ") << "cut by the end of the request";
  for (const char* text : {"\xc2\xa0", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbd",
                           "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
    EXPECT_EQ(errors_with(std::string("arg.action=") + text), "") << text;
}

TEST_F(Requests, AreAtMost64KiB) {
  const std::string line = "place=DE\n";
  EXPECT_EQ(errors(request("arg.action=" + std::string(70 * 1024, 'x') + '\n')), "too-large ");
  EXPECT_EQ(errors(std::string(10'000'000, 'x')), "too-large ");
  EXPECT_EQ(errors(std::string(10'000'000, '\n')), "too-large ");
  std::string full = request({});
  full += "arg.action=" + std::string(64 * 1024 - full.size() - 12, 'x') + '\n';
  ASSERT_EQ(full.size(), 64u * 1024);
  EXPECT_EQ(errors(full), "");
  EXPECT_EQ(errors(full + 'x'), "too-large ");
  EXPECT_EQ(errors(std::string(64 * 1024, '\n')), "missing-key /op, missing-key /at");
}

// --- lines -----------------------------------------------------------------------------------------------------------

TEST_F(Requests, HaveAnOpADayAndNothingElseThatIsUnknown) {
  EXPECT_EQ(errors(""), "missing-key /op, missing-key /at");
  EXPECT_EQ(errors("at=2026-11-20\nchannel=chat-widget\n"), "missing-key /op");
  EXPECT_EQ(errors("op=decide\nchannel=chat-widget\n"), "missing-key /at");
  EXPECT_EQ(errors("op=\nat=2026-11-20\nchannel=chat-widget\n"), "unknown-op /op");
  for (const char* line : {"nonsense=1", "op.x=decide", "at.0=2026-11-20", "place.0=DE", "fact=1", "factobviousAi=true",
                           "deployment=x", "deployment.=x", "deployment.nonsense=1", "deployment.operator=Acme",
                           "deployment.operator.nonsense=x", "arg.nonsense=x", "event.nonsense=x", "__proto__=x",
                           "deployment.__proto__.polluted=true", "constructor=x", " op=decide", "OP=decide"})
    EXPECT_NE(errors_with(line), "") << line;
  for (const char* line :
       {"fact.__proto__=true", "fact.constructor=true", "fact.obviousAI=true", "fact.=true", "fact.obviousAi.x=true"})
    EXPECT_TRUE(errors_with(line).starts_with("unknown-fact /facts")) << line << ": " << errors_with(line);
  for (const char* line : {"=", "=value", "novalue", "\xc3\xa4"})
    EXPECT_TRUE(errors_with(line).starts_with("bad-line")) << line;
}

TEST_F(Requests, SayEachThingOnce) {
  for (const char* line : {"op=decide", "at=2026-11-20", "at=2026-11-21", "channel=chat",
                           "deployment.operator.name=Acme", "deployment.purposes.0.id=ads"})
    EXPECT_TRUE(errors_with(line).starts_with("duplicate-key /")) << line << ": " << errors_with(line);
  EXPECT_EQ(errors_with("fact.obviousAi=true\nfact.obviousAi=false"), "duplicate-key /facts/obviousAi");
  EXPECT_EQ(errors_with("place=DE\nplace=DE\nlanguage=de\nlanguage=de"), "");
}

TEST_F(Requests, HaveDaysThatExist) {
  for (const char* day :
       {"2026-02-30", "2026-02-29", "2100-02-29", "0000-00-00",  "2026-00-10",  "2026-13-01",
        "2026-01-00", "2026-01-32", "2026-04-31", "NaN",         "Infinity",    "",
        "today",      "2026-1-1",   "20261120",   "2026-11-20 ", " 2026-11-20", "2026-11-20T00:00:00Z",
        "2026/11/20", "-026-11-20", "+026-11-20", "2026-11-2x",  "99999-01-01"}) {
    EXPECT_EQ(errors("op=decide\nchannel=chat-widget\nat=" + std::string(day) + '\n'), "bad-date /at") << day;
    EXPECT_EQ(errors_with("fact.placedOnMarket=" + std::string(day)), "unknown-value /facts/placedOnMarket") << day;
  }
  for (const char* day : {"2024-02-29", "2000-02-29", "1970-01-01", "2026-12-31"})
    EXPECT_EQ(errors("op=decide\nchannel=chat-widget\nat=" + std::string(day) + '\n'), "") << day;
}

TEST_F(Requests, HaveInstantsThatExist) {
  for (const char* instant : {"NaN", "2026-11-20", "2026-02-30T09:00:00Z", "2026-11-20T25:00:00Z",
                              "2026-11-20T09:60:00Z", "2026-11-20 09:00:00Z", "2026-11-20xxxxxxxxxx",
                              "2026-11-20T09:00:00", "2026-11-20T09:00:00z!", "2026-11-20T09:00:00+99:00"})
    EXPECT_EQ(errors_with("now=" + std::string(instant)), "bad-date /now") << instant;
  for (const char* instant : {"2026-11-20T09:00:00Z", "2026-11-20T09:00:00.123Z", "2026-11-20T23:59:59+02:00"})
    EXPECT_EQ(errors_with("now=" + std::string(instant)), "") << instant;
}

TEST_F(Requests, HavePlacesThatExist) {
  for (const char* place :
       {"ZZ9", "ZZ", "", "UK", "EL", "US-ZZ", "D", "DEU", "Germany", "DE-", "-DE", "DE-BY-M", "**", "\xc3\x84\xc3\x96"})
    EXPECT_EQ(errors_with("place=" + std::string(place)), "unknown-place /jurisdictions/0") << place;
  EXPECT_EQ(errors_with("place=DE\nplace=ZZ9\nplace=US-CA\nplace=XX"),
            "unknown-place /jurisdictions/1, unknown-place /jurisdictions/3");
  for (const char* place : {"DE", "DE-BY", "US-CA", "US-PR", "PR", "RE", "GE", "EU", "EEA"})
    EXPECT_EQ(errors_with("place=" + std::string(place)), "") << place;
}

TEST_F(Requests, HaveFactsOfTheirKind) {
  for (const char* line : {"fact.obviousAi=yes", "fact.obviousAi=", "fact.obviousAi=TRUE", "fact.obviousAi=true,false",
                           "fact.sector=nonsense", "fact.sector=retail,health", "fact.aiUse=converse,nonsense",
                           "fact.aiUse=converse,", "fact.aiUse=,", "fact.contentType=text,,image"})
    EXPECT_TRUE(errors_with(line).starts_with("unknown-value /facts/")) << line << ": " << errors_with(line);
  for (const char* count : {"-1", "NaN", "1e3", "1.5", "", "0x10", " 1", "Infinity"})
    EXPECT_EQ(errors_with("fact.employees=" + std::string(count)), "unknown-value /facts/employees") << count;
  for (const char* line :
       {"fact.channel=website", "fact.assistant=true", "fact.purposes=declared", "fact.platforms=jexi"})
    EXPECT_NE(errors_with(line), "") << line << " is derived";
  for (const char* line : {"posture=lenient", "posture=", "event=nonsense", "event=none", "event.purposes.ads=maybe"})
    EXPECT_TRUE(errors_with(line).starts_with("unknown-value /")) << line << ": " << errors_with(line);
  EXPECT_EQ(errors_with("fact.employees=0"), "");
  EXPECT_EQ(errors_with("fact.aiUse=none"), "");
}

TEST_F(Requests, HaveDeploymentsThatHoldTogether) {
  const auto deployed = [this](const std::string& lines) { return errors("op=decide\nat=2026-11-20\n" + lines); };
  const std::string name = "deployment.operator.name=Acme\n", chat = "deployment.channels.chat.type=chat-widget\n";
  EXPECT_EQ(deployed(name + chat), "");
  EXPECT_TRUE(deployed(chat).starts_with("missing-key /deployment/operator/name")) << deployed(chat);
  EXPECT_TRUE(deployed(name).starts_with("missing-key /deployment/channels")) << deployed(name);
  for (const char* line :
       {"deployment.channels.chat.assistant=nobody", "deployment.channels.a.type=nonsense",
        "deployment.channels.A B.type=website", "deployment.channels..type=website",
        "deployment.channels.b.facts.sector=retail", "deployment.purposes.0.id=ads",
        "deployment.purposes.0.kind=advertising", "deployment.purposes.x.id=ads", "deployment.purposes.-1.id=ads",
        "deployment.purposes.4294967296.id=ads", "deployment.purposes.999.id=ads", "deployment.platforms.0=nonsense",
        "deployment.links.nonsense.url=x", "deployment.posture=lenient", "deployment.operator.established.0=ZZ9",
        "deployment.operator.facts.nonsense=true", "deployment.overrides.de.nonsense=x"})
    EXPECT_NE(deployed(name + chat + line + '\n'), "") << line;
  EXPECT_NE(deployed(name + chat + "channel=nobody\n"), "");
}

TEST_F(Requests, ForConsentNameAnActAndItsInstant) {
  const auto consent = [this](const std::string& lines) {
    return errors("op=consent\nat=2026-11-20\nchannel=chat\n" + (deployment + lines));
  };
  EXPECT_EQ(consent("event=accept-all\nevent.now=2026-11-20T09:00:00Z\n"), "");
  EXPECT_NE(consent(""), "");
  EXPECT_NE(consent("event=accept-all\n"), "");
  EXPECT_NE(consent("event.now=2026-11-20T09:00:00Z\n"), "");
  EXPECT_EQ(consent("event=accept-all\nevent.now=NaN\n"), "bad-date /event/now");
}

TEST_F(Requests, WithARecordThatHoldsNoChoiceYetWriteNoneIntoTheNextOne) {
  const std::string answer = engine.call("op=consent\nat=2026-11-20\nchannel=chat\n" + std::string(deployment) +
                                         "consent.at=2026-07-01T09:00:00Z\nconsent.purposes=\n"
                                         "event=accept-all\nevent.now=2026-11-20T09:00:00Z\n");
  EXPECT_NE(answer.find(R"("purposes":{"ads":{"state":"granted")"), std::string::npos) << answer;
}

TEST_F(Requests, WithARecordThatCannotBeReadCountAsUnasked) {
  for (const char* record :
       {"consent.at=NaN\nconsent.purposes.ads=granted", "consent.at=2026-02-30T00:00:00Z\nconsent.purposes.ads=granted",
        "consent.purposes.ads=granted", "consent.at=2026-07-01T09:00:00Z\nconsent.purposes.ads=maybe",
        "consent.at=2026-07-01T09:00:00Z\nconsent.purposes.ads.state=granted\nconsent.purposes.ads.at=0000-00-00",
        "consent.at=2026-07-01T09:00:00Z\nconsent.purposes.ads.state=granted\nconsent.purposes.ads.model=nonsense"}) {
    const std::string answer = engine.call(request("place=DE\n" + std::string(record) + '\n'));
    EXPECT_NE(answer.find(R"("ads":{"kind":"advertising","state":"denied","standing":"unasked")"), std::string::npos)
        << record;
    EXPECT_NE(answer.find("consent-unreadable"), std::string::npos) << record;
  }
  const std::string sound =
      engine.call(request("place=DE\nconsent.at=2026-07-01T09:00:00Z\nconsent.purposes.ads=granted\n"));
  EXPECT_NE(sound.find(R"("ads":{"kind":"advertising","state":"granted","standing":"granted")"), std::string::npos)
      << sound;
}

// --- much ------------------------------------------------------------------------------------------------------------

/// Where there is room for so many, the last one counts like the first; where there is none, that is an error.
class Many : public Requests, public testing::WithParamInterface<int> {
 protected:
  template <class Line>
  static std::string times(Line line) {
    std::string lines;
    for (int i = 0; i < GetParam(); ++i) lines += std::string(line(std::to_string(i))) + '\n';
    return lines;
  }

  /// That a request is refused, or answered with `expected` in it.
  testing::AssertionResult counts(const std::string& lines, const std::string& expected) {
    const std::string answer = engine.call(lines);
    if (answer.starts_with(R"({"type":"failure")") || answer.find(expected) != std::string::npos)
      return testing::AssertionSuccess();
    return testing::AssertionFailure() << "no " << expected << " in " << answer.substr(0, 400);
  }

  static std::string last() { return std::to_string(GetParam()); }
};

TEST_P(Many, Places) {
  EXPECT_TRUE(counts(request(times([](const std::string&) { return "place=FR"; }) + "place=US-CA\n"), R"("US-CA")"));
}

TEST_P(Many, Languages) {
  EXPECT_TRUE(counts(request("place=DE\n" + times([](const std::string&) { return "language=tlh"; }) + "language=ja\n"),
                     R"("lang":"ja")"));
}

TEST_P(Many, Channels) {
  const std::string others = times([](const std::string& i) { return "deployment.channels.c" + i + ".type=website"; });
  EXPECT_TRUE(counts(
      "op=decide\nat=2026-11-20\nplace=DE\nchannel=it\n" + (deployment + others) + "deployment.channels.it.type=app\n",
      R"({"type":"success")"));
}

TEST_P(Many, AssistantsOfAChannel) {
  // Each but the last is obviously a machine, so only the last one asks for the notice.
  const std::string others = times([](const std::string& i) {
    return "deployment.assistants.a" + i + ".facts.obviousAi=true\ndeployment.channels.it.assistant." + i + "=a" + i;
  });
  EXPECT_TRUE(counts("op=decide\nat=2026-11-20\nplace=DE\nchannel=it\n" + (deployment + others) +
                         "deployment.channels.it.type=chat-widget\n" +
                         "deployment.assistants.z.facts.obviousAi=false\ndeployment.channels.it.assistant." + last() +
                         "=z\n",
                     R"("rule":"eu-ai-act-50-1")"));
}

TEST_P(Many, PlacesWhereTheOperatorIsEstablished) {
  const std::string others = times([](const std::string& i) { return "deployment.operator.established." + i + "=KR"; });
  EXPECT_TRUE(counts(request("place=JP\n" + others + "deployment.operator.established." + last() + "=DE\n"),
                     R"("place":"EEA")"));
}

TEST_P(Many, Purposes) {
  const std::string others = times([](const std::string& i) {
    const std::string path = "deployment.purposes." + std::to_string(std::stoi(i) + 1);
    return path + ".id=p" + i + '\n' + path + ".kind=statistics";
  });
  EXPECT_TRUE(counts(request("place=DE\n" + others + "deployment.purposes." + std::to_string(GetParam() + 1) +
                             ".id=last\ndeployment.purposes." + std::to_string(GetParam() + 1) + ".kind=statistics\n"),
                     R"("last":{"kind")"));
}

TEST_P(Many, Services) {
  const std::string services =
      times([](const std::string& i) { return "deployment.purposes.0.services." + i + ".name=Service" + i; });
  const std::string changed = services + "deployment.purposes.0.services." + last() + ".recipient=Other\n";
  const std::string one = engine.call(request("place=DE\n" + services)),
                    other = engine.call(request("place=DE\n" + changed));
  EXPECT_TRUE(one.starts_with(R"({"type":"failure")") || other.starts_with(R"({"type":"failure")") || one != other)
      << "other terms, the same decision";
}

TEST_P(Many, StoredChoices) {
  const std::string others = times([](const std::string& i) { return "consent.purposes.x" + i + "=denied"; });
  EXPECT_TRUE(counts(request("place=DE\nconsent.at=2026-07-01T09:00:00Z\n" + others + "consent.purposes.ads=granted\n"),
                     R"("state":"granted","standing":"granted")"));
}

TEST_P(Many, Choices) {
  const std::string others = times([](const std::string& i) { return "event.purposes.x" + i + "=denied"; });
  EXPECT_TRUE(
      counts("op=consent\nat=2026-11-20\nchannel=chat\nevent=choose\nevent.now=2026-11-20T09:00:00Z\nplace=DE\n" +
                 (deployment + others) + "event.purposes.ads=granted\n",
             R"("state":"granted","standing":"granted")"));
}

INSTANTIATE_TEST_SUITE_P(Requests, Many, testing::Values(0, 8, 17, 30, 65, 150, 400));

TEST_F(Requests, QuoteWhatTheyFoundInOneReadablePiece) {
  const std::string answer = engine.call(request("place=" + std::string(60'000, 'x') + '\n'));
  EXPECT_LT(answer.size(), 2000u);
  const std::string wide = engine.call(request("place=" + [] {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "\xe2\x82\xac";
    return text;
  }() + '\n'));
  compiler::Issues issues;
  EXPECT_TRUE(compiler::read_json(wide, {}, issues)) << "cut in the middle of a character";
  EXPECT_EQ(errors_with(R"(place="\"}],"type":"success)"), "unknown-place /jurisdictions/0");
  EXPECT_TRUE(errors_with(R"(fact."a\b=1)").starts_with("unknown-fact"));
  std::string all;
  for (int i = 0; i < 3000; ++i) all += "nonsense" + std::to_string(i) + "=1\n";
  const std::string flood = errors(request(all));
  EXPECT_NE(flood, "");
}

/// Lines put together from pieces of good and bad ones.
TEST_F(Requests, PutTogetherAtRandomAreAnsweredAlike) {
  std::vector<std::string> lines;
  for (const compiler::Case& one : cases())
    for (const Way& way : ways(one)) {
      if (way.name != "handed-over") continue;
      for (std::size_t from = 0; from < way.lines.size();) {
        const std::size_t end = way.lines.find('\n', from);
        lines.push_back(way.lines.substr(from, end - from));
        from = end + 1;
      }
    }
  std::mt19937 random(3);
  Engine other = loaded(shipped_packs());
  int successes = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = request({});
    for (unsigned n = random() % 12; n > 0; --n) {
      std::string line = lines[random() % lines.size()];
      switch (random() % 8) {
        case 0: line.erase(random() % (line.size() + 1)); break;
        case 1: line.insert(random() % (line.size() + 1), 1, static_cast<char>(random())); break;
        case 2: line += lines[random() % lines.size()]; break;
        default: break;
      }
      text += line + '\n';
    }
    const std::string answer = engine.call(text);
    successes += answer.starts_with(R"({"type":"success")");
    ASSERT_TRUE(same_text(answer, other.call(text)));
    if (random() % 4 == 0) other.call("place=\xff");
  }
  EXPECT_GT(successes, 500);
  EXPECT_TRUE(same_text(good, engine.call(request("place=DE\n"))));
}

}  // namespace
}  // namespace candor::corpus
