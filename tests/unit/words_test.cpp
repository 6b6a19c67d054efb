#include "core/compiler/words.h"

#include "tests/unit/rule_files.h"

namespace candor::compiler {
namespace {

/// The code reported of a text, or `fine`.
std::string verdict(std::string_view tag, std::string_view key, std::string_view text) {
  Issues issues;
  lint_words(tag, key, text, issues);
  lines_of(issues);
  EXPECT_LE(issues.size(), 1u);
  return issues.empty() ? "fine" : issues[0].code;
}

TEST(Words, OfADisclosureNameAi) {
  EXPECT_EQ(verdict("en", "ai-interaction.title", "You are chatting with an AI system."), "fine");
  EXPECT_EQ(verdict("en", "ai-interaction.title", "You are chatting with our assistant."), "vague-notice");
  EXPECT_EQ(verdict("en", "ai-interaction.short", "Assistant"), "vague-notice");
  EXPECT_EQ(verdict("en", "ai-interaction.title", "This chat uses LLMs."), "vague-notice");
  EXPECT_EQ(verdict("en", "ai-interaction.title", "Services on this website use AI."), "vague-notice");
  EXPECT_EQ(
      verdict("en", "ai-interaction.title", "Services on this website use AI. You are chatting with an AI system."),
      "fine");
  EXPECT_EQ(verdict("en", "ai-content.title", "Made by our team."), "vague-notice");
  EXPECT_EQ(verdict("en", "ai-interaction.title", "SAID and PAINTED by hand"), "vague-notice");  // no whole word
}

TEST(Words, OfADisclosureNameAiInEveryLanguage) {
  EXPECT_EQ(verdict("de", "ai-interaction.title", "Sie chatten mit einem KI-System."), "fine");
  EXPECT_EQ(verdict("de-AT", "ai-interaction.title", "Sie chatten mit einem Assistenten."), "vague-notice");
  EXPECT_EQ(verdict("de", "ai-interaction.title", "Dienste auf dieser Website nutzen KI."), "vague-notice");
  EXPECT_EQ(verdict("fr", "ai-interaction.title", "Vous discutez avec un système d’IA."), "fine");
  EXPECT_EQ(verdict("fr", "ai-interaction.title", "Ce site utilise l’IA."), "vague-notice");
  EXPECT_EQ(verdict("es", "ai-interaction.title", "Está chateando con un asistente."), "vague-notice");
  EXPECT_EQ(verdict("es", "ai-interaction.title", "Está chateando con inteligencia artificial."), "fine");
  EXPECT_EQ(verdict("ar", "ai-interaction.title", "أنت تدردش مع نظام ذكاء اصطناعي."), "fine");
  EXPECT_EQ(verdict("ar", "ai-interaction.title", "أنت تدردش مع مساعد."), "vague-notice");
  EXPECT_EQ(verdict("ja", "ai-interaction.title", "チャットの相手はAIシステムです。"), "fine");
  EXPECT_EQ(verdict("ja", "ai-interaction.title", "チャットの相手はアシスタントです。"), "vague-notice");
  EXPECT_EQ(verdict("ja", "ai-interaction.title", "このサイトではAIを使用しています。"), "vague-notice");
}

TEST(Words, MustTellInEveryBranch) {
  EXPECT_EQ(verdict("en", "ai-interaction.title",
                    "{named, select, yes {{assistant} is an AI system.} other {You are chatting with an AI system.}}"),
            "fine");
  EXPECT_EQ(verdict("en", "ai-interaction.title",
                    "{named, select, yes {{assistant} is here to help.} other {You are chatting with an AI system.}}"),
            "vague-notice");
  EXPECT_EQ(verdict("en", "ai-interaction.title", "An AI system answers{n, plural, one {.} other { for {operator}.}}"),
            "fine");
  EXPECT_EQ(verdict("en", "ai-interaction.title", "{assistant, select, AI {Hello} other {Hi}}"), "vague-notice");
}

TEST(Words, ThatFollowATitleNeedNotRepeatIt) {
  EXPECT_EQ(verdict("en", "ai-interaction.body", "It works automatically."), "fine");
  EXPECT_EQ(verdict("en", "privacy.title", "What happens to your data"), "fine");
  EXPECT_EQ(verdict("en", "ai-interaction.title", ""), "fine");
}

TEST(Words, PromiseNothing) {
  EXPECT_EQ(verdict("en", "privacy.body", "We are GDPR compliant."), "promises-too-much");
  EXPECT_EQ(verdict("en", "ui.security", "Your data is Fully Secure."), "promises-too-much");
  EXPECT_EQ(verdict("en", "ai-limits.body", "Correct answers guaranteed."), "promises-too-much");
  EXPECT_EQ(verdict("de", "privacy.body", "Dieser Dienst ist DSGVO-konform."), "promises-too-much");
  EXPECT_EQ(verdict("fr", "privacy.body", "Ce service est conforme au RGPD."), "promises-too-much");
  EXPECT_EQ(verdict("es", "privacy.body", "Un servicio totalmente seguro."), "promises-too-much");
  EXPECT_EQ(verdict("ar", "privacy.body", "نضمن سلامة بياناتك."), "promises-too-much");
  EXPECT_EQ(verdict("ja", "privacy.body", "安全を保証します。"), "promises-too-much");
  EXPECT_EQ(verdict("es", "privacy.body", "Conforme a su elección."), "fine");
  EXPECT_EQ(verdict("en", "offer.report-security", "Report a security problem"), "fine");
}

TEST(Words, AboutAiAttractNoConsentRobots) {
  EXPECT_EQ(verdict("en", "ai-interaction.body", "By continuing you accept this."), "consent-words");
  EXPECT_EQ(verdict("en", "ai-content.body", "See our Privacy Policy."), "consent-words");
  EXPECT_EQ(verdict("de", "ai-limits.body", "Mehr in der Datenschutzerklärung."), "consent-words");
  EXPECT_EQ(verdict("fr", "says.is-ai", "Avec votre consentement, une IA répond."), "consent-words");
  EXPECT_EQ(verdict("ja", "says.may-err", "Cookieを使います。"), "consent-words");
  EXPECT_EQ(verdict("en", "consent-prompt.body", "By continuing you accept cookies."), "fine");
}

TEST(Words, AreReportedWhereTheyStand) {
  Issues issues;
  lint_words("en", "ai-interaction.title", "Assistant", issues);
  lint_words("en", "ai-interaction.title", "Assistant", issues, "/overrides/en/ai-interaction.title");
  ASSERT_EQ(issues.size(), 2u);
  EXPECT_EQ(issues[0].path, "locales/en.json#/messages/ai-interaction.title");
  EXPECT_EQ(issues[1].path, "/overrides/en/ai-interaction.title");
}

TEST(Words, OfMalformedMessagesDoNoHarm) {
  for (const std::string& text : {std::string("{"), std::string("}"), std::string("{{{{"), std::string(10'000, '{'),
                                  "{n, plural, other {" + std::string(5'000, '{')}) {
    Issues issues;
    lint_words("en", "ai-interaction.title", text, issues);
    EXPECT_EQ(lines_of(issues),
              "vague-notice locales/en.json#/messages/ai-interaction.title -> say so in a sentence of its own, e.g. "
              "`You are chatting with an AI system`\n");
  }
}

}  // namespace
}  // namespace candor::compiler
