#include "core/compiler/icu_bake.h"

#include <unicode/datefmt.h>
#include <unicode/decimfmt.h>
#include <unicode/dtfmtsym.h>
#include <unicode/gregocal.h>
#include <unicode/listformatter.h>
#include <unicode/locid.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <vector>

namespace candor::compiler {
namespace {

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

/// Placeholders in lists: private use, so that no pattern has them and no rule of a language looks at them.
constexpr const char* placeholders[] = {"\uE000", "\uE001", "\uE002", "\uE003"};

/// The object as the class that it is, or null: ICU's own type identity, since this code is built without RTTI.
template <class To, class From>
To* as(From* object) {
  return object && object->getDynamicClassID() == To::getStaticClassID() ? static_cast<To*>(object) : nullptr;
}

/// Fills one Locale, table by table; each table is checked against ICU's own formatter.
class Baker {
 public:
  Baker(const icu::Locale& icu, Locale& out) : icu_(icu), out_(out) {}

  /// Empty, or the first thing that the tables cannot say.
  std::string bake() {
    direction();
    for (const char* failed : {plurals(), numbers(), lists(), dates()})
      if (failed) return failed;
    if (U_FAILURE(status_)) return u_errorName(status_);
    aliases();
    return {};
  }

 private:
  void direction() {
    out_.right_to_left = icu_.isRightToLeft();
    icu::Locale likely(icu_);
    likely.addLikelySubtags(status_);
    // CLDR has no such field: of the scripts it knows, these separate sentences by their full stop alone.
    const std::string script = likely.getScript();
    out_.sentence_gap = script == "Jpan" || script == "Hans" || script == "Hant" ? "" : " ";
  }

  const char* plurals() {
    const std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(icu_, status_));
    if (U_FAILURE(status_)) return "no plural rules";
    const auto category = [&](std::int32_t n) {
      const std::string name = utf8(rules->select(n));
      return static_cast<std::uint8_t>(std::find(plural_categories.begin(), plural_categories.end(), name) -
                                       plural_categories.begin());
    };
    for (std::int32_t n = 0; n < 200; ++n) out_.plural[static_cast<std::size_t>(n)] = category(n);
    out_.plural_million = category(1'000'000);
    const auto tabulated = [&](std::int32_t n) {
      if (n > 0 && n % 1'000'000 == 0) return out_.plural_million;
      return out_.plural[static_cast<std::size_t>(n < 200 ? n : 100 + n % 100)];
    };
    // Every number up to 12,000, then strides that are prime to powers of ten, then round numbers.
    std::vector<std::int32_t> probes;
    for (std::int32_t n = 0; n < 12'000; ++n) probes.push_back(n);
    for (std::int32_t n = 12'000; n < 10'000'000; n += 617) probes.push_back(n);
    for (std::int32_t n = 1'000; n <= 10'000'000; n += n < 1'000'000 ? 1'000 : 100'000) probes.push_back(n);
    const bool right =
        std::all_of(probes.begin(), probes.end(), [&](std::int32_t n) { return category(n) == tabulated(n); });
    return right ? nullptr : "its plurals do not depend on the last two digits and millions alone";
  }

  const char* numbers() {
    const std::unique_ptr<icu::NumberFormat> format(icu::NumberFormat::createInstance(icu_, status_));
    const auto* decimal = as<icu::DecimalFormat>(format.get());
    if (U_FAILURE(status_) || !decimal) return "its numbers are not decimal";
    const icu::DecimalFormatSymbols& symbols = *decimal->getDecimalFormatSymbols();
    for (int digit = 0; digit < 10; ++digit)
      out_.digits[static_cast<std::size_t>(digit)] = utf8(symbols.getConstDigitSymbol(digit));
    if (decimal->isGroupingUsed()) {
      out_.group_separator = utf8(symbols.getConstSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol));
      out_.primary_group = decimal->getGroupingSize();
      out_.secondary_group =
          decimal->getSecondaryGroupingSize() > 0 ? decimal->getSecondaryGroupingSize() : out_.primary_group;
      out_.minimum_grouping = std::max<int>(1, decimal->getMinimumGroupingDigits());
    }
    for (std::int32_t n :
         {0, 7, 10, 999, 1'000, 1'234, 9'999, 10'000, 54'321, 999'999, 1'000'000, 1'234'567, 123'456'789}) {
      icu::UnicodeString expected;
      if (utf8(format->format(n, expected)) != integer(n)) return "its numbers are grouped in another way";
    }
    return nullptr;
  }

  std::string digits(int n) const {
    std::string text;
    for (char c : std::to_string(n)) text += out_.digits[static_cast<std::size_t>(c - '0')];
    return text;
  }

  std::string integer(int n) const {
    const std::string plain = std::to_string(n);
    const int size = static_cast<int>(plain.size());
    std::string text;
    for (int i = 0; i < size; ++i) {
      const int left = size - i;
      const bool grouped = size >= out_.primary_group + out_.minimum_grouping;
      const bool boundary = left == out_.primary_group ||
                            (left > out_.primary_group && (left - out_.primary_group) % out_.secondary_group == 0);
      if (i > 0 && grouped && boundary) text += out_.group_separator;
      text += out_.digits[static_cast<std::size_t>(plain[static_cast<std::size_t>(i)] - '0')];
    }
    return text;
  }

  std::string list(const std::vector<std::string>& items) {
    std::vector<icu::UnicodeString> texts;
    for (const std::string& item : items) texts.push_back(icu::UnicodeString::fromUTF8(item));
    icu::UnicodeString out;
    return utf8(lists_->format(texts.data(), static_cast<std::int32_t>(texts.size()), out, status_));
  }

  /// The text between two placeholders of `list`.
  static std::string between(const std::string& list, int item) {
    const std::string before = placeholders[item];
    const std::size_t from = list.find(before) + before.size();
    return list.substr(from, list.find(placeholders[item + 1]) - from);
  }

  const char* lists() {
    lists_.reset(icu::ListFormatter::createInstance(icu_, ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_WIDE, status_));
    if (U_FAILURE(status_)) return "no list patterns";
    const std::string two = list({placeholders[0], placeholders[1]});
    const std::string four = list({placeholders[0], placeholders[1], placeholders[2], placeholders[3]});
    out_.list_two.between = between(two, 0);
    out_.list_start.between = between(four, 0);
    out_.list_middle.between = between(four, 1);
    out_.list_end.between = between(four, 2);
    const std::string before_i = list({"A", "Ina"});
    if (before_i != joined({"A", "Ina"})) out_.between_before_i = before_i.substr(1, before_i.size() - 4);
    const std::vector<std::vector<std::string>> probes = {{"A"},
                                                          {"A", "B"},
                                                          {"A", "B", "C"},
                                                          {"A", "B", "C", "D"},
                                                          {"A", "B", "C", "D", "E"},
                                                          {"Ina", "Anthropic, PBC"},
                                                          {"A", "ina"},
                                                          {"A", "Hina"},
                                                          {"A", "hi"},
                                                          {"A", "hiato"},
                                                          {"A", "Hielo"},
                                                          {"A", "Yes"},
                                                          {"A", "Ina", "Ida"},
                                                          {"1", "11"},
                                                          {"A", "\u05D3\u05DF"},
                                                          {"\u65E5", "\u0632"}};
    for (const std::vector<std::string>& probe : probes)
      if (list(probe) != joined(probe)) return "its lists look at more than the first letters of their items";
    return nullptr;
  }

  bool sounds_like_i(const std::string& item) const {
    const auto lower = [&](std::size_t i) { return i < item.size() ? static_cast<char>(item[i] | 0x20) : '\0'; };
    return lower(0) == 'i' || (lower(0) == 'h' && lower(1) == 'i' && lower(2) != 'a' && lower(2) != 'e');
  }

  std::string joined(const std::vector<std::string>& items) const {
    const auto last = [&](const Locale::ListPattern& pattern, const std::string& item) {
      return out_.between_before_i.empty() || !sounds_like_i(item) ? pattern.between : out_.between_before_i;
    };
    std::string text = items[0];
    for (std::size_t i = 1; i < items.size(); ++i) {
      const bool end = i + 1 == items.size();
      if (items.size() == 2) text += last(out_.list_two, items[i]);
      else if (end) text += last(out_.list_end, items[i]);
      else text += i == 1 ? out_.list_start.between : out_.list_middle.between;
      text += items[i];
    }
    return text;
  }

  const char* dates() {
    const std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createDateInstance(icu::DateFormat::kLong, icu_));
    auto* simple = as<icu::SimpleDateFormat>(format.get());
    if (!simple) return "no long date";
    icu::UnicodeString pattern;
    simple->toPattern(pattern);
    const icu::DateFormatSymbols& symbols = *simple->getDateFormatSymbols();
    if (!date_pattern(utf8(pattern), symbols)) return "its long date has a field other than day, month, year and era";
    simple->adoptTimeZone(icu::TimeZone::createTimeZone("UTC"));
    icu::GregorianCalendar calendar(*icu::TimeZone::getGMT(), status_);
    for (int month = 0; month < 12; ++month)
      for (int day : {1, 2, 9, 10, 28}) {
        calendar.clear();
        calendar.set(2026, month, day);
        icu::UnicodeString expected;
        if (utf8(simple->format(calendar.getTime(status_), expected)) != date(2026, month, day))
          return "its dates have other digits or months";
      }
    return nullptr;
  }

  bool date_pattern(const std::string& pattern, const icu::DateFormatSymbols& symbols) {
    bool quoted = false;
    for (std::size_t i = 0; i < pattern.size();) {
      const char c = pattern[i];
      std::size_t run = 1;
      while (i + run < pattern.size() && pattern[i + run] == c) ++run;
      if (c == '\'') {
        // Two quotes are one quote; one begins or ends text.
        if (run >= 2) out_.date_pattern += '\'';
        else quoted = !quoted;
        i += std::min<std::size_t>(run, 2);
        continue;
      }
      if (quoted || !std::isalpha(static_cast<unsigned char>(c))) {
        out_.date_pattern.append(run, c);
      } else if (c == 'd' && run <= 2) {
        out_.date_pattern += static_cast<char>(run);
      } else if ((c == 'M' || c == 'L') && run <= 2) {
        out_.date_pattern += static_cast<char>(2 + run);
      } else if ((c == 'M' || c == 'L') && run == 4) {
        std::int32_t count = 0;
        const icu::UnicodeString* names =
            symbols.getMonths(count, c == 'M' ? icu::DateFormatSymbols::FORMAT : icu::DateFormatSymbols::STANDALONE,
                              icu::DateFormatSymbols::WIDE);
        if (count < 12) return false;
        for (int month = 0; month < 12; ++month) out_.months[static_cast<std::size_t>(month)] = utf8(names[month]);
        out_.date_pattern += '\5';
      } else if (c == 'y' && run != 2) {
        out_.date_pattern += '\6';
      } else if (c == 'G' && run <= 3) {
        std::int32_t count = 0;
        const icu::UnicodeString* eras = symbols.getEras(count);
        if (count < 2) return false;
        out_.date_pattern += utf8(eras[1]);
      } else {
        return false;
      }
      i += run;
    }
    return true;
  }

  std::string date(int year, int month, int day) const {
    std::string text;
    const auto two = [&](int n) { return n < 10 ? out_.digits[0] + digits(n) : digits(n); };
    for (char c : out_.date_pattern) switch (c) {
        case 1: text += digits(day); break;
        case 2: text += two(day); break;
        case 3: text += digits(month + 1); break;
        case 4: text += two(month + 1); break;
        case 5: text += out_.months[static_cast<std::size_t>(month)]; break;
        case 6: text += digits(year); break;
        default: text += c;
      }
    return text;
  }

  /// Tags of the same language and script that losing subtags does not lead here: zh-TW for zh-Hant.
  void aliases() {
    const std::string own = maximized(out_.tag, false);
    const bool regional = icu_.getCountry()[0] != '\0';
    std::int32_t count = 0;
    const icu::Locale* all = icu::Locale::getAvailableLocales(count);
    std::vector<std::string> tags;
    for (std::int32_t i = 0; i < count; ++i) {
      const std::string language = all[i].getLanguage();
      const std::string country = all[i].getCountry();
      if (language != icu_.getLanguage()) continue;
      for (const std::string& tag : {language, country.empty() ? language : language + '-' + country,
                                     std::string(all[i].toLanguageTag<std::string>(status_))}) {
        const bool same = regional ? maximized(tag, true) == maximized(out_.tag, true) : maximized(tag, false) == own;
        if (same && tag != out_.tag && tag.rfind(out_.tag + '-', 0) != 0) tags.push_back(tag);
      }
    }
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    out_.aliases = std::move(tags);
  }

  std::string maximized(const std::string& tag, bool with_country) {
    icu::Locale locale = icu::Locale::forLanguageTag(tag, status_);
    locale.addLikelySubtags(status_);
    return std::string(locale.getLanguage()) + '-' + locale.getScript() +
           (with_country ? std::string("-") + locale.getCountry() : "");
  }

  const icu::Locale icu_;
  Locale& out_;
  std::unique_ptr<icu::ListFormatter> lists_;
  UErrorCode status_ = U_ZERO_ERROR;
};

}  // namespace

std::optional<Locale> bake_locale(std::string_view tag, const std::string& path, Issues& issues) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale plain =
      icu::Locale::forLanguageTag(icu::StringPiece(tag.data(), static_cast<std::int32_t>(tag.size())), status);
  std::int32_t count = 0;
  const icu::Locale* all = icu::Locale::getAvailableLocales(count);
  const bool known = U_SUCCESS(status) && std::find(all, all + count, plain) != all + count;
  if (!known || plain.toLanguageTag<std::string>(status) != tag) {
    issues.push_back({"unknown-language",
                      path,
                      "`" + std::string(tag) + "` is no language that CLDR has; expected a BCP 47 tag",
                      {}});
    return std::nullopt;
  }
  icu::Locale gregorian(plain);
  gregorian.setUnicodeKeywordValue("ca", "gregory", status);
  Locale locale;
  locale.tag = tag;
  if (const std::string failed = Baker(gregorian, locale).bake(); !failed.empty()) {
    issues.push_back({"unsupported-language", path, "`" + locale.tag + "` cannot be tabulated: " + failed, {}});
    return std::nullopt;
  }
  return locale;
}

std::optional<Locale> read_locale(const Json& document, const std::string& file, const Rulebook& rulebook,
                                  Issues& issues) {
  const std::size_t before = issues.size();
  const Json* tag = document.find("tag");
  auto locale = bake_locale(tag && tag->is(Json::Kind::string) ? tag->string : "", file + "#/tag", issues);
  if (locale) read_messages(document, file, rulebook, *locale, issues);
  if (issues.size() != before) return std::nullopt;
  return locale;
}

}  // namespace candor::compiler
